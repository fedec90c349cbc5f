import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ed25519PublicBytes, formatVerifierKey } from '../../../libs/note/index.js';
import type { ListedWitness } from '../../../libs/witness/index.js';
import { standingOf, type Standing, type StandingFacts } from './witness-standing.js';
import type { LedgerWitnesses } from './ledger-witnesses.js';

const NOW = new Date('2026-11-28T12:00:00Z');
const EARLIER = new Date('2026-11-28T11:59:00Z');
const NAMES = ['council', 'police', 'fire'] as const;
const listed = NAMES.map((name) => {
  const text = formatVerifierKey(`${name}.example`, ed25519PublicBytes(generateKeyPairSync('ed25519').publicKey));
  return { name, keyText: text, key: { name: `${name}.example` }, url: undefined } as unknown as ListedWitness;
});
/** Two of three, and a budget of five minutes. */
const witnesses = { policy: { listed }, needed: 2, budgetSeconds: 300 } as unknown as LedgerWitnesses;
const keyOf = (at: number): string => listed[at]?.keyText ?? '';
const stateOf = (at: number, failingSince: Date | null = null) => ({
  witness: keyOf(at), size: 40 + at, cosignedAt: EARLIER, answeredAt: NOW, answer: failingSince === null ? 'cosigned' : 'refused',
  message: failingSince === null ? 'Cosigned' : 'It does not know this ledger', failingSince,
});
const all = [stateOf(0), stateOf(1), stateOf(2)];
const facts = (more: Partial<StandingFacts> = {}): StandingFacts => ({
  witnesses, states: all, conflicts: [], vouchedFor: { size: 40, witnesses: 3, at: EARLIER }, waitsSince: EARLIER, watched: { debtSeconds: 0, silentSeconds: 1 }, now: NOW, ...more,
});
const watched = (debtSeconds: number, silentSeconds = 0) => ({ watched: { debtSeconds, silentSeconds } });
const said = (more: Partial<StandingFacts>): string => {
  const { code, answering } = standingOf(facts(more));
  return `${code} ${answering}`;
};
const conflict = (kind: 'cut' | 'forked' | 'broken') => ({ witness: keyOf(1), kind, theirs: 'their note', theirsSize: 40, ours: 'our note', oursSize: 30, foundAt: EARLIER });

describe('how the ledger stands with its witnesses', () => {
  it('is nothing to speak of without any', () => {
    const standing = standingOf(facts({ witnesses: undefined, states: [], vouchedFor: undefined, waitsSince: undefined, watched: undefined }));
    expect(standing).toMatchObject({ code: 'none', total: 0, needed: 0, answering: 0, debtSeconds: 0, budgetSeconds: 0, rows: [], conflicts: [] });
  });

  it('is cosigned while enough of them answer and nothing waits for longer than moments', () => {
    const standing = standingOf(facts());
    expect(standing).toMatchObject({ code: 'cosigned', total: 3, needed: 2, answering: 3, budgetSeconds: 300, vouchedFor: { size: 40 } });
    expect(standing.waitsSince).toBeUndefined();
  });

  it.each([
    [0, 'cosigned 3'], [10, 'cosigned 3'], [10.001, 'debt 3'], [300, 'debt 3'], [300.001, 'stopped 3'], [86_400, 'stopped 3'],
  ])('after a debt of %d seconds is %s', (debt, expected) => {
    expect(said(watched(debt))).toBe(expected);
    expect(standingOf(facts(watched(debt))).debtSeconds).toBe(debt);
  });

  it('is a debt as soon as too few answer, and stays cosigned while one more than enough does not', () => {
    expect(said({ states: [stateOf(0), stateOf(1), stateOf(2, EARLIER)] })).toBe('cosigned 2');
    expect(said({ states: [stateOf(0), stateOf(1, EARLIER), stateOf(2, EARLIER)] })).toBe('debt 1');
    expect(said({ states: [stateOf(0)] })).toBe('debt 1');
    expect(said({ states: [] })).toBe('debt 0');
  });

  it('does not count whoever is not listed, nor one witness twice', () => {
    expect(said({ states: [stateOf(0), { ...stateOf(1), witness: 'stranger.example+00000000+AAAA' }, stateOf(0)] })).toBe('debt 1');
    // The name alone makes no witness: another key of the same name is another one.
    expect(said({ states: [stateOf(0), { ...stateOf(1), witness: 'police.example+00000000+AAAA' }] })).toBe('debt 1');
  });

  it.each([[14.999, 'cosigned 3'], [15, 'debt 0'], [3_600, 'debt 0']])('when nobody has asked them for %d seconds is %s', (silent, expected) => {
    expect(said(watched(0, silent))).toBe(expected);
  });

  it('is a debt while nothing was ever vouched for, and says since when entries wait', () => {
    expect(standingOf(facts({ vouchedFor: undefined }))).toMatchObject({ code: 'debt', waitsSince: EARLIER });
    expect(standingOf(facts(watched(400))).waitsSince).toBe(EARLIER);
  });

  it('stops without a budget at the first debt there is', () => {
    expect([0, 1].map((debt) => said({ witnesses: { ...witnesses, budgetSeconds: 0 }, ...watched(debt) }))).toEqual(['cosigned 3', 'stopped 3']);
  });

  it('is a contradiction above all, whatever else holds', () => {
    const amount = fc.integer({ min: 0, max: 1_000 });
    fc.assert(fc.property(amount, amount, fc.subarray(all), fc.boolean(), fc.constantFrom('cut', 'forked', 'broken'), (debt, silent, states, isListed, kind) => {
      const more = { ...watched(debt, silent), states, conflicts: [conflict(kind)] };
      expect(standingOf(facts(isListed ? more : { ...more, witnesses: undefined })).code).toBe('conflict');
    }));
  });

  it('never gets better by a longer debt, a longer silence or one witness less', () => {
    const order = ['cosigned', 'debt', 'stopped'];
    const rank = ({ code }: Standing): number => order.indexOf(code);
    const amount = fc.integer({ min: 0, max: 400 });
    fc.assert(fc.property(amount, amount, amount, amount, fc.subarray(all), (debt, more, silent, longer, states) => {
      const better = standingOf(facts({ ...watched(debt, silent), states }));
      const worse = standingOf(facts({ ...watched(debt + more, silent + longer), states: states.slice(1) }));
      expect(rank(better)).toBeGreaterThanOrEqual(0);
      expect(rank(worse)).toBeGreaterThanOrEqual(rank(better));
    }));
  });
});

it('shows each witness of the policy in its order: as it answered, or that it was not asked', () => {
  const { rows } = standingOf(facts({ states: [stateOf(2), stateOf(0, EARLIER)] }));
  expect(rows).toEqual([
    { name: 'council.example', key: keyOf(0), size: 40, cosignedAt: EARLIER, answeredAt: NOW, answer: 'refused', message: 'It does not know this ledger.', failingSince: EARLIER },
    { name: 'police.example', key: keyOf(1), size: 0, cosignedAt: null, answeredAt: null, answer: 'not-asked', message: 'It has not been asked yet.', failingSince: null },
    { name: 'fire.example', key: keyOf(2), size: 42, cosignedAt: EARLIER, answeredAt: NOW, answer: 'cosigned', message: null, failingSince: null },
  ]);
});

it('says of a contradiction who holds what against it, with both checkpoints as they are', () => {
  const { conflicts } = standingOf(facts({ conflicts: [conflict('cut'), conflict('forked'), conflict('broken')] }));
  const held = 'The witness police.example holds a checkpoint of 40 entries, signed with the key of this ledger,';
  expect(conflicts.map(({ message }) => message)).toEqual([
    `${held} and the ledger had only 30: it was set back or entries were cut off.`,
    `${held} and the first 40 entries of the ledger were other ones: it was rewritten or there are two of it.`,
    `${held} and what is stored does not lead from there to what the ledger signed for its 30 entries: it was altered.`,
  ]);
  expect(conflicts[0]).toMatchObject({ name: 'police.example', theirs: 'their note', ours: 'our note', foundAt: EARLIER });
});
