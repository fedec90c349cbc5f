import { describe, expect, it } from '@jest/globals';
import type { Me } from '../page/page.js';
import { chromeOf, type ChromeInput } from './chrome.js';

interface Chrome {
  readonly title: string;
  readonly printHref?: string;
  readonly csrf: string;
  readonly home: string;
  readonly errors?: { readonly errorList: readonly object[] };
  readonly me?: { readonly name: string; readonly role: string };
  readonly navigation: readonly { readonly text: string; readonly active: boolean; readonly badge?: number }[];
  readonly session?: { readonly idle: number; readonly warning: number };
}

const me = (can: Partial<Me['can']> = {}, idleSeconds = 1800): Me =>
  ({ displayName: 'Amira Rahman', agency: { id: 'a', name: 'Ashworth' }, roles: ['environmental-health-officer', 'duty-officer'], idleSeconds, can: { seeCases: false, audit: false, administer: false, openWorkspace: false, ...can } }) as unknown as Me;
const of = (input: Partial<ChromeInput>): Chrome => chromeOf({ title: 'My work', ...input }) as Chrome;

describe('what stands round every page', () => {
  it('offers a stranger nothing but the way in', () => {
    const chrome = of({});
    expect(chrome).toMatchObject({ title: 'My work', csrf: '', home: '/', navigation: [] });
    expect([chrome.me, chrome.session, chrome.printHref, chrome.errors]).toEqual([undefined, undefined, undefined, undefined]);
  });

  it.each([
    ['works on cases', { seeCases: true }, ['My work', 'Investigations', 'Alerts', 'Search']],
    ['audits', { audit: true }, ['My work', 'Audit log', 'Ledger check', 'Unusual use', 'Keys', 'Administration']],
    ['manages', { seeCases: true, manageUse: true }, ['My work', 'Investigations', 'Alerts', 'Search', 'Agency log', 'Unusual use', 'Keys']],
    ['administers her agency', { administer: true }, ['My work', 'Keys', 'Administration']],
    ['does both', { seeCases: true, audit: true }, ['My work', 'Investigations', 'Alerts', 'Search', 'Audit log', 'Ledger check', 'Unusual use', 'Keys', 'Administration']],
    ['does neither', {}, ['My work']],
  ])('offers somebody who %s the entries of her roles', (_, can, texts) => {
    expect(of({ me: me(can) }).navigation.map(({ text }) => text)).toEqual(texts);
  });

  it('marks the section the page belongs to and no other', () => {
    const { navigation } = of({ me: me({ seeCases: true }), section: 'alerts', openAlerts: 3 });
    expect(navigation.filter(({ active }) => active).map(({ text }) => text)).toEqual(['Alerts']);
    expect(navigation.find(({ text }) => text === 'Alerts')?.badge).toBe(3);
  });

  it('says in the title that something is wrong, and lists what', () => {
    const chrome = of({ problems: [{ field: 'business.name', message: 'Enter it' }, { field: '', message: 'And this' }] });
    expect(chrome.title).toBe('Error: My work');
    expect(chrome.errors?.errorList).toEqual([{ text: 'Enter it', href: '#business-name' }, { text: 'And this' }]);
  });

  it('prints the reader and the time on every page of hers, and the marking where there is one', () => {
    expect(of({ me: me(), marking: 'OFFICIAL-SENSITIVE - LEGAL' }).printHref).toBe('/print.css?marking=OFFICIAL-SENSITIVE+-+LEGAL');
    expect(of({ me: me() }).printHref).toBe('/print.css');
  });

  it('warns five minutes before the end of a session, or at half of a shorter one', () => {
    expect(of({ me: me() }).session).toMatchObject({ idle: 1800, warning: 300 });
    expect(of({ me: me({}, 120) }).session).toMatchObject({ idle: 120, warning: 60 });
  });

  it('names the roles in words', () => {
    expect(of({ me: me() }).me).toMatchObject({ name: 'Amira Rahman', role: 'Environmental health officer, Duty officer' });
  });
});
