import { describe, expect, it } from '@jest/globals';
import { Role } from '../../../libs/kernel/index.js';
import { Category, VERBS } from '../../../libs/policy/index.js';
import { channelWords, codeWords, custodyWords, deliveryWords, gatewayWords, kindWords, relationWords, roleWords, statusTag, urgencyTag, VERB_CHOICES, verbWords } from './words.js';

/** Acts that leave no entry when they are done, so that nobody filters by them. Every other act has words of its own. */
const SILENT = ['page.public', 'page.read', 'agency.list', 'session.read', 'live.listen', 'ledger.monitor', 'operations.health', 'operations.metrics'];

/** How people write: a capital first, and none of the marks that codes are joined by. */
const SENTENCE = /^[A-Z][^_.]*$/;

describe('the words for an act', () => {
  it('are its own for every act that leaves an entry', () => {
    expect(VERB_CHOICES.map(({ value }) => value).toSorted()).toEqual(Object.keys(VERBS).filter((verb) => !SILENT.includes(verb)).toSorted());
  });

  it('are what the filter calls it, and no other act', () => {
    for (const { value, text } of VERB_CHOICES) expect([verbWords(value), text]).toEqual([text, expect.stringMatching(SENTENCE)]);
    expect(new Set(VERB_CHOICES.map(({ text }) => text)).size).toBe(VERB_CHOICES.length);
  });

  it('are made of its code where it has none, whatever the code is', () => {
    expect(['page.read', 'a_b-c.d', 'toString', '__proto__', ''].map(verbWords)).toEqual(['Page read', 'A b c d', 'ToString', '  proto  ', '']);
  });
});

describe('the words for a code', () => {
  it.each(Object.values(Category))('of the category %s are a sentence', (category) => {
    expect(codeWords(category)).toMatch(SENTENCE);
    expect(codeWords(category)).not.toContain('-');
  });

  it.each(Object.values(Role))('of the role %s are a sentence that names it', (role) => {
    expect(roleWords(role)).toMatch(SENTENCE);
    expect(roleWords(role).toLowerCase()).toBe(role.replaceAll('-', ' '));
  });

  it('differ from role to role and from category to category', () => {
    expect(new Set(Object.values(Role).map(roleWords)).size).toBe(Object.values(Role).length);
    expect(new Set(Object.values(Category).map(codeWords)).size).toBe(Object.values(Category).length);
  });

  it('say the same of what was done to an exhibit, whichever way it was recorded', () => {
    expect(['sealed', 'opened'].map(custodyWords)).toEqual(['Sealed', 'Opened, its seal broken']);
    expect(['redacted', 'taken-out', 'cast'].map(relationWords)).toEqual(['Redacted version', 'Item taken out', 'Cast']);
  });

  it('are of the channel that delivers: a page hands over to nobody', () => {
    expect([deliveryWords('email', 'handed-over'), deliveryWords('portal', 'queued'), channelWords('sms')]).toEqual(['Handed to the mail server', 'Waiting to be sent', 'Sms']);
    expect(deliveryWords('portal', 'handed-over')).not.toBe(deliveryWords('email', 'handed-over'));
  });

  it('call what an entry is about by its kind', () => {
    expect(['note', 'record', 'finding', 'exhibit', 'workspace', 'ledger-entry'].map(kindWords)).toEqual(['Note', 'Record', 'Inspection finding', 'Exhibit', 'Investigation', 'Ledger entry']);
    expect(gatewayWords('COPI')).toMatch(/^Health Service .* \(COPI\)$/);
  });
});

describe('a tag', () => {
  it('has a colour of its own for each urgency, and none for what is no urgency', () => {
    expect(['critical', 'high', 'normal', 'not-known'].map(urgencyTag)).toEqual([
      { text: 'Critical', classes: 'govuk-tag--red' }, { text: 'High', classes: 'govuk-tag--orange' }, { text: 'Normal', classes: 'govuk-tag--blue' }, { text: 'Not known', classes: 'govuk-tag--grey' },
    ]);
  });

  it('is green for an open investigation alone', () => {
    expect(['open', 'closed', 'on-hold'].map(statusTag)).toEqual([
      { text: 'Open', classes: 'govuk-tag--green' }, { text: 'Closed', classes: 'govuk-tag--grey' }, { text: 'On hold', classes: 'govuk-tag--grey' },
    ]);
  });
});
