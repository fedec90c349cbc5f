import { describe, expect, it } from '@jest/globals';
import { must } from '../../../libs/kernel/index.js';
import fc from 'fast-check';
import { readAttributes } from './read-attributes.js';
import { NS } from './saml-names.js';
import { parseXml, type XmlElement } from './xml-tree.js';

const statement = (inner: string): XmlElement => must(parseXml(`<AttributeStatement xmlns="${NS.assertion}">${inner}</AttributeStatement>`));
const attribute = (name: string, ...values: string[]): string =>
  `<Attribute Name="${name}">${values.map((value) => `<AttributeValue>${value}</AttributeValue>`).join('')}</Attribute>`;

describe('the attributes of an assertion', () => {
  it('are read by name, with every value in order', () => {
    const read = readAttributes([statement(attribute('mail', 'a@b.example') + attribute('roles', 'one', 'two') + attribute('empty'))]);
    expect([...must(read)]).toEqual([['mail', ['a@b.example']], ['roles', ['one', 'two']], ['empty', []]]);
  });

  it('may be none', () => {
    expect(must(readAttributes([])).size).toBe(0);
  });

  it.each([
    ['one name twice, of which two readers could choose differently', attribute('roles', 'fire-officer') + attribute('roles', 'auditor')],
    ['no name', '<Attribute><AttributeValue>a</AttributeValue></Attribute>'],
    ['an empty name', attribute('', 'a')],
    ['markup inside a value', '<Attribute Name="roles"><AttributeValue>a<b/>c</AttributeValue></Attribute>'],
    ['something else than a value', '<Attribute Name="roles"><Value>a</Value></Attribute>'],
    ['a value of another namespace', '<Attribute Name="roles"><x:AttributeValue xmlns:x="urn:x">a</x:AttributeValue></Attribute>'],
    ['something else than an attribute', '<EncryptedAttribute Name="roles"/>'],
    ['an attribute of another namespace', '<x:Attribute xmlns:x="urn:x" Name="roles"/>'],
    ['more attributes than any directory has', Array.from({ length: 101 }, (_, number) => attribute(`a${number}`)).join('')],
    ['more values than any directory has', attribute('roles', ...Array.from({ length: 101 }, () => 'a'))],
  ])('are refused with %s', (_, inner) => {
    expect(readAttributes([statement(inner)])).toMatchObject({ ok: false, error: 'bad-attributes' });
  });

  it('are refused in two statements', () => {
    expect(readAttributes([statement(attribute('mail', 'a')), statement(attribute('roles', 'b'))])).toMatchObject({ ok: false, error: 'bad-attributes' });
  });

  it('keep every name apart from every other, those of an object\u2019s own included', () => {
    const name = fc.oneof(fc.constantFrom('__proto__', 'constructor', 'toString'), fc.stringMatching(/^[a-zA-Z:.]{1,20}$/));
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 20 }), (names) => {
        const read = must(readAttributes([statement(names.map((one) => attribute(one, `of ${one}`)).join(''))]));
        expect([...read]).toEqual(names.map((one) => [one, [`of ${one}`]]));
      }),
    );
  });
});
