import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../api/alert-case.js';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';
import { FalseWitness, type Falsehood } from '../faults/false-witness.js';
import { PlacedWitness, bannerOf, listed, policyText, standingOf } from '../faults/witness-scene.js';

jest.setTimeout(120_000);

const NAME = 'false.example/witness';

describe('a witness that lies', () => {
  let world: World;
  let auditor: Visitor;
  let liar: FalseWitness;
  const honest: PlacedWitness[] = [];

  beforeAll(async () => {
    liar = await FalseWitness.start(NAME);
    for (const name of ['police.example/witness', 'audit.example/witness']) honest.push(await PlacedWitness.start(name));
    world = await startWorld({ worker: true, env: { LEDGER_WITNESS_POLICY: policyText(2, [liar.listed, ...honest.map(listed)]) } });
    auditor = await world.signIn('alex.ward');
  }, 240_000);
  afterAll(async () => {
    await world.stop();
    for (const witness of honest) await witness.end();
    await liar.end();
  });

  const own = async () => (await standingOf(auditor)).witnesses.find(({ name }) => name === NAME);

  async function isQuiet(): Promise<boolean> {
    const { rows } = await world.superuser.query<{ quiet: boolean }>(
      `SELECT NOT EXISTS (SELECT FROM ledger_waiting) AND size = (SELECT max(size) FROM ledger_checkpoint) AS quiet FROM ledger_witness_state WHERE witness LIKE '${NAME}%'`,
    );
    return rows[0]?.quiet === true;
  }

  const lies: Readonly<Record<Exclude<Falsehood, 'honest'>, readonly [string, RegExp]>> = {
    'other-text': ['false-signature', /does not hold for this checkpoint/],
    'old-signature': ['false-signature', /does not hold for this checkpoint/],
    'other-key': ['false-signature', /without a signature by its own key/],
    'same-line-again': ['repeated', /sent again the signature it gave a while ago/],
    garbage: ['unreadable', /not the signature lines of a checkpoint/],
    endless: ['unreadable', /longer than 65536 bytes/],
    asleep: ['silent', /did not answer within 5 seconds/],
    drips: ['silent', /did not answer within 5 seconds/],
    redirects: ['refused', /answered 307/],
    'claims-more': ['unproved', /says it cosigned 999999999 entries, more than there are, and shows no checkpoint that this ledger signed/],
    refuses: ['unproved', /refuses our checkpoint .* and shows no checkpoint that this ledger signed/],
  };

  it.each(Object.entries(lies) as [Falsehood, readonly [string, RegExp]][])('%s: is named for it, is not counted, and accuses nobody', async (does, [code, words]) => {
    liar.does = 'honest';
    await eventually('its being believed', async () => (await own())?.answer === 'cosigned');
    // Only while nothing new is to be cosigned does an old line hold: nobody looks at the ledger until the witness was asked again.
    if (does === 'same-line-again') await eventually('nothing new being there', isQuiet);
    liar.does = does;
    const answer = async (): Promise<string> => {
      const { rows } = await world.superuser.query<{ answer: string }>(`SELECT answer FROM ledger_witness_state WHERE witness LIKE '${NAME}%'`);
      return rows[0]?.answer ?? '';
    };
    await eventually('its answer being seen through', async () => (await answer()) !== 'cosigned', 40_000);
    expect(await own()).toMatchObject({ answer: code, message: expect.stringMatching(words) });
    expect(await bannerOf(auditor)).toMatch(words);
    const before = (await standingOf(auditor)).cosignedSize;
    await eventually('the others being enough', async () => (await standingOf(auditor)).cosignedSize > before);
    expect(await standingOf(auditor)).toMatchObject({ standing: 'cosigned', answering: 2, cosignedBy: 2, conflicts: [] });
  });

  it('has left no cosignature that does not hold', async () => {
    const { rows } = await world.superuser.query<{ line: string; note: string }>('SELECT c.line, k.note FROM ledger_cosignature c JOIN ledger_checkpoint k USING (size) WHERE c.witness LIKE $1', [`${NAME}%`]);
    const { openNote, parseCosignatureKey } = await import('../../libs/note/index.js');
    const key = parseCosignatureKey(liar.listed.verifierKey);
    expect(rows.length).toBeGreaterThan(0);
    for (const { line, note } of rows) expect(openNote(note + line, key.ok ? [key.value] : []).ok).toBe(true);
  });
});
