import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { ImportAgreement } from '../../src/access/index.js';
import { withOperator } from '../../src/cli/operator.js';
import { AGENCIES, AGREEMENT } from '../../src/demonstration/borough.js';
import { ImportAgency } from '../../src/identity/index.js';
import { createDatabase, type TestDatabase } from '../builders/cluster.js';

const DRAWN_UP = { ...AGREEMENT, reference: 'ISA-2026-02', parties: ['ashworth', 'wexcombe'] };
const [CLAUSE] = AGREEMENT.clauses;

let database: TestDatabase;
let superuser: pg.Client;

beforeAll(async () => {
  database = await createDatabase();
  superuser = new pg.Client(database.superuserUrl);
  await superuser.connect();
  await withOperator(database.ownerUrl, async ({ unit, ledger, context }) => {
    for (const { code, name, kind } of AGENCIES) await new ImportAgency(unit, ledger).execute(context, { code, name, kind });
  });
}, 120_000);

afterAll(async () => {
  await superuser.end();
  await database.drop();
});

const drawUp = (given: unknown): ReturnType<ImportAgreement['execute']> =>
  withOperator(database.ownerUrl, ({ unit, ledger, context }) => new ImportAgreement(unit, ledger).execute(context, given));

async function kept(): Promise<unknown[]> {
  const { rows } = await superuser.query<{ reference: string }>('SELECT reference FROM agreement ORDER BY reference');
  return rows.map(({ reference }) => reference);
}

describe('drawing up an agreement', () => {
  it.each([
    ['nothing in it', {}, 'reference:'],
    ['a list instead', [], 'the file:'],
    ['an end before its beginning', { ...DRAWN_UP, validTo: '2025-01-01T00:00:00Z' }, 'validTo: It must end after it begins.'],
    ['a day that is none', { ...DRAWN_UP, validFrom: '2026-02-31T00:00:00Z' }, 'validFrom: Enter a moment'],
    ['a moment of no zone', { ...DRAWN_UP, validFrom: '2026-02-01T00:00:00' }, 'validFrom: Enter a moment'],
    ['one party', { ...DRAWN_UP, parties: ['ashworth'] }, 'at least two parties'],
    ['a party twice', { ...DRAWN_UP, parties: ['ashworth', 'ashworth'] }, 'named twice'],
    ['a party nobody knows', { ...DRAWN_UP, parties: ['ashworth', 'nowhere'] }, 'nobody is known as nowhere'],
    ['no clause', { ...DRAWN_UP, clauses: [] }, 'at least one clause'],
    ['one code for two clauses', { ...DRAWN_UP, clauses: [CLAUSE, CLAUSE] }, 'one code'],
    ['a clause without words', { ...DRAWN_UP, clauses: [{ ...CLAUSE, words: '' }] }, 'clauses.0.words:'],
    ['a title that reads backwards', { ...DRAWN_UP, title: 'a\u202eb' }, 'title:'],
    ['a title with a zero byte', { ...DRAWN_UP, title: 'a\u0000b' }, 'title:'],
    ['a ceiling nobody named', { ...DRAWN_UP, ceiling: {} }, 'ceiling.sensitive:'],
    ['more than it may say', { ...DRAWN_UP, status: 'live' }, 'the file:'],
  ])('with %s is refused in words, and draws up nothing', async (_, given, words) => {
    const answer = await drawUp(given);
    expect(answer.ok ? [] : answer.error.join(' ')).toContain(words);
    expect(await kept()).toEqual([]);
  });

  it('names every fault at once', async () => {
    const answer = await drawUp({ ...DRAWN_UP, title: '', parties: [], clauses: [] });
    expect(answer.ok ? [] : answer.error.map((fault) => fault.split(':')[0])).toEqual(['title', 'parties', 'clauses']);
  });

  it('keeps it whole, and never changes one that is known', async () => {
    expect(await drawUp(DRAWN_UP)).toMatchObject({ ok: true, value: { reference: 'ISA-2026-02' } });
    const again = await drawUp({ ...DRAWN_UP, title: 'Another title' });
    expect(again.ok ? '' : again.error.join(' ')).toContain('is known already');
    const { rows } = await superuser.query('SELECT title, status, valid_from, valid_to, ceiling_tier, ceiling_sensitive FROM agreement');
    expect(rows).toEqual([{ title: AGREEMENT.title, status: 'live', valid_from: new Date(AGREEMENT.validFrom), valid_to: new Date(AGREEMENT.validTo), ceiling_tier: 1, ceiling_sensitive: true }]);
    const clauses = await superuser.query('SELECT code, purpose, gateway, category, words FROM agreement_clause ORDER BY code');
    expect(clauses.rows).toEqual(AGREEMENT.clauses);
  });
});
