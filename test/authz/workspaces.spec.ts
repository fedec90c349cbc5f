import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DOCUMENTS, openingInput } from '../builders/case.js';
import { absentId, AUDIENCES, EVERYBODY, NOBODY, SharedCase, WORD } from '../builders/joint-case.js';
import { oracleSeesItem, oracleSeesWorkspace, oracleWorksForACouncil, oracleWorksOnCases } from './oracle.js';
import { expectLaw, kindOf, lawOf, mayBe, reply, type Law, type Reply } from './who-may.js';

let shared: SharedCase;
let law: Law;

beforeAll(async () => {
  shared = await SharedCase.open();
  law = lawOf(shared);
}, 180_000);
afterAll(() => shared.stop(), 30_000);

const seesCase = (name: string): boolean => mayBe(name, (person) => oracleSeesWorkspace(law.world, person, law.workspace));
const worksOnCases = (name: string): boolean => mayBe(name, oracleWorksOnCases);
const NO_OPENING = { code: 'not-found', message: 'You cannot open an investigation. An officer or manager of a council can.', faults: [] };
const NO_PAGE = { nodes: [], pageInfo: { endCursor: null, hasNextPage: false } };

describe.each(EVERYBODY)('an investigation before %s', (name) => {
  it('is read by its lead and its members', async () => {
    const visitor = await shared.as(name);
    const read = (id: string): Promise<Reply> => reply(visitor, DOCUMENTS.workspace, { id });
    await expectLaw(shared, name, { verb: 'workspace.read', permitted: seesCase(name), attempt: () => read(shared.workspaceId), absent: () => read(absentId()) });
  });

  it('has a timeline for them, with what each may see', async () => {
    const visitor = await shared.as(name);
    const read = (workspaceId: string): Promise<Reply> => reply(visitor, DOCUMENTS.timeline, { workspaceId, first: 100 });
    const permitted = seesCase(name);
    await expectLaw(shared, name, { verb: permitted ? 'item.read' : 'workspace.read', permitted, attempt: () => read(shared.workspaceId), absent: () => read(absentId()) });
    expectItems((await read(shared.workspaceId)).text, name);
  });

  it('is listed for them, and the list of anybody else who works on cases is empty', async () => {
    const visitor = await shared.as(name);
    const list = (): Promise<Reply> => reply(visitor, DOCUMENTS.workspaces, { tab: 'all' });
    if (worksOnCases(name) && !seesCase(name)) expect(JSON.parse((await list()).text)).toEqual({ data: { workspaces: NO_PAGE } });
    else await expectLaw(shared, name, { verb: 'workspace.list', permitted: seesCase(name), attempt: list, absent: { data: { workspaces: NO_PAGE } }, cites: false });
    expect((await list()).text.includes(shared.workspaceId)).toBe(seesCase(name));
  });

  it('is found by them, with what each may see, and by nobody else', async () => {
    const visitor = await shared.as(name);
    const find = (): Promise<Reply> => reply(visitor, DOCUMENTS.search, { text: WORD, first: 100 });
    if (worksOnCases(name) && !seesCase(name)) expect(JSON.parse((await find()).text)).toEqual({ data: { search: NO_PAGE } });
    else await expectLaw(shared, name, { verb: 'workspace.search', permitted: seesCase(name), attempt: find, absent: { data: { search: NO_PAGE } }, cites: false });
    expectItems((await find()).text, name);
  });

  it('has pages for them; to anybody else with a session they are as absent as those of no investigation', async () => {
    const visitor = await shared.as(name);
    for (const part of ['', '/record', '/evidence', '/timeline', '/sharing']) {
      const [there, absent] = [await page(visitor.fetch(`/investigations/${shared.workspaceId}${part}`)), await page(visitor.fetch(`/investigations/${absentId()}${part}`))];
      if (seesCase(name)) expect({ part, status: there.status, told: there.text.includes(`${WORD} and sons`) }).toEqual({ part, status: 200, told: true });
      else expect({ part, ...there }).toEqual({ part, ...absent });
      expect(absent.status).toBe(name === NOBODY ? 303 : 404);
    }
  });

  it('is opened by officers and managers of a council', async () => {
    const visitor = await shared.as(name);
    const opened = async (): Promise<number> => Number((await shared.world.superuser.query<{ count: string }>('SELECT count(*) FROM workspace')).rows[0]?.count);
    const before = await opened();
    const permitted = mayBe(name, (person) => oracleWorksForACouncil(person, kindOf(person)));
    const absent = { data: { openWorkspace: { __typename: 'Refused', ...NO_OPENING } } };
    const open = (): Promise<Reply> => reply(visitor, DOCUMENTS.openWorkspace, { input: openingInput({ title: `Opened by ${name}` }) });
    await expectLaw(shared, name, { verb: 'workspace.open', permitted, attempt: open, absent });
    expect(await opened()).toBe(before + (permitted ? 1 : 0));
  });
});

function expectItems(text: string, name: string): void {
  const seen = AUDIENCES.map((audience) => [audience, text.includes(shared.items[audience].note)]);
  expect(seen).toEqual(AUDIENCES.map((audience) => [audience, mayBe(name, (person) => oracleSeesItem(law.world, person, law.item(audience)))]));
}

/** A page, without the ids in its address. */
async function page(response: Promise<Response>): Promise<Reply> {
  const answer = await response;
  const text = `${answer.headers.get('location') ?? ''} ${await answer.text()}`;
  return { status: answer.status, text: text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID') };
}
