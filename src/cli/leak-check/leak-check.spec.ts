import { describe, expect, it } from '@jest/globals';
import type { Facts } from '../../../libs/policy/index.js';
import { newWord, sightOf, WORD, type Canary, type Sight } from './canary.js';
import type { LeakReport, Looked } from './check-leaks.js';
import { Judge } from './judge.js';
import { isTight, jsonOf, matrixOf } from './report.js';
import { operationsOf } from './schema-walk.js';
import { rolesTried, type Viewer } from './viewer.js';

type Id = NonNullable<Facts['workspace']>['leadAgencyId'];
const [COUNCIL, POLICE] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'] as unknown as [Id, Id];
const LEVEL = { tier: 1, sensitive: false } as const;
const WORKSPACE = { id: '00000000-0000-4000-8000-000000000009', leadAgencyId: COUNCIL, level: LEVEL, memberships: [] } as unknown as NonNullable<Facts['workspace']>;

const canary = (id: string, kind: Canary['kind'] = 'note'): Canary => ({
  kind, audience: 'the lead alone', id, title: newWord(), content: newWord(), workspace: WORKSPACE,
  marking: kind === 'investigation' ? undefined : { ...LEVEL, descriptors: [], handling: [], originator: COUNCIL, releasableTo: null },
});
const viewer = (agencyId: Id, role: string): Viewer => ({ role, actor: { agencyId, roles: [role], personId: agencyId } }) as unknown as Viewer;

describe('a canary', () => {
  it('is a word that is found in letters of either case, and is never the same twice', () => {
    const word = newWord();
    expect(`<b>${word.toUpperCase()}</b>`.match(WORD)?.map((found) => found.toLowerCase())).toEqual([word]);
    expect(newWord()).not.toBe(word);
  });

  it.each(['investigation', 'note'] as const)('is to be seen as the policy says: %s', (kind) => {
    const sight = (agency: Id, role: string): Sight => sightOf(viewer(agency, role), canary('1', kind), new Date());
    expect(sight(COUNCIL, 'environmental-health-officer')).toBe('all');
    expect(sight(POLICE, 'police-officer')).toBe('nothing');
    expect(sight(COUNCIL, 'administrator')).toBe('nothing');
    expect(sight(POLICE, 'auditor')).toBe('title');
  });

  it('is looked for with every set of rights there is in an agency', () => {
    expect(rolesTried('police')).toEqual(['police-officer', 'service-manager', 'duty-officer', 'auditor', 'administrator']);
    expect(rolesTried('audit')).not.toContain('police-officer');
  });
});

describe('the judge', () => {
  const [own, named, hidden] = [canary('1'), canary('2'), canary('3')];
  const sights = new Map<Canary, Sight>([[own, 'all'], [named, 'title'], [hidden, 'nothing']]);
  const after = (text: string): Judge => {
    const judge = new Judge(sights);
    judge.hear('search', text);
    return judge;
  };

  it('lets pass what she may know, and holds that she was shown it', () => {
    const judge = after(`${own.title} ${own.content} ${named.title}`);
    expect([judge.leaks, judge.unmet()]).toEqual([[], []]);
    expect(after(named.title).unmet()).toEqual([own]);
  });

  it('names what she may not know, once for each place', () => {
    const judge = after(`{"title":"${hidden.title.toUpperCase()}","text":"${named.content}"}`);
    judge.hear('search', hidden.title);
    judge.hear('timeline', hidden.content);
    expect(judge.leaks.map(({ where, canary: { id }, what }) => [where, id, what])).toEqual([['search', '2', 'content'], ['search', '3', 'title'], ['timeline', '3', 'content']]);
  });

  it('takes an answer about a hidden thing that differs from one about nothing for a sign that it is there', async () => {
    const judge = new Judge(sights);
    const ask = async (hiddenText: string, absentText: string, againText: string): Promise<number> => {
      await judge.compare('item', hidden, [{ id: '3', text: hiddenText }, { id: '9', text: absentText }], () => Promise.resolve({ id: '9', text: againText }));
      return judge.leaks.length;
    };
    expect(await ask('nothing at 3', 'nothing at 9', 'another')).toBe(0);
    // What changed for everybody meanwhile is no sign of it.
    expect(await ask('too many requests', 'nothing at 9', 'too many requests')).toBe(0);
    expect(await ask('forbidden', 'nothing', 'nothing')).toBe(1);
    judge.tell('stream', hidden);
    expect(judge.leaks.at(-1)).toMatchObject({ where: 'stream', what: 'existence' });
  });
});

describe('the walk of the schema', () => {
  const operations = operationsOf(`
    type Query { item(id: ID!): Item search(text: String!, first: Int = 25): [Item!]! count: Int! past(id: ID!, from: DateTime!, at: DateTime!): Item }
    type Mutation { change(input: ChangeInput!): Result! }
    scalar DateTime
    enum Colour { RED BLUE }
    input ChangeInput { id: ID! reason: String! happenedOn: String colour: Colour! urgent: Boolean! places: [String!]! size: Int version: Int }
    interface Named { title: String! }
    type Item implements Named { title: String! owner: Owner }
    type Owner { name: String! items: [Item!]! }
    type Refused { message: String! }
    union Result = Item | Refused`);
  const of = (field: string): (typeof operations)[number] | undefined => operations.find((operation) => operation.field === field);

  it('asks every root field for everything it can give, with what is wanted in its place', () => {
    expect(operations.map(({ kind, field }) => `${kind} ${field}`)).toEqual(['query item', 'query search', 'query count', 'query past', 'mutation change']);
    expect(of('item')).toMatchObject({ takesId: true, takesWords: false, text: expect.stringMatching(/item\(id: \$id\) { __typename title owner { __typename name/) });
    expect(of('search')).toMatchObject({ takesId: false, takesWords: true });
    expect(of('search')?.variables('5', 'word')).toEqual({ text: 'word', first: 100 });
    expect(of('count')).toMatchObject({ takesId: false, takesWords: false, text: expect.stringMatching(/{ count }/) });
    expect(of('past')?.variables('5', 'word')).toEqual({ id: '5', from: '2020-01-01T00:00:00Z', at: '2099-01-01T00:00:00Z' });
    expect(of('change')?.variables('5', 'word')).toEqual({ input: { id: '5', reason: 'word', happenedOn: '2026-01-01', colour: 'RED', urgent: false, places: [], size: 1, version: 1 } });
    expect(of('change')?.text).toContain('... on Refused { __typename message }');
  });
});

describe('the report', () => {
  const [seen, kept] = [canary('1', 'investigation'), canary('2')];
  const looked = (more: Partial<Looked> = {}): Looked => ({ agency: 'Northmoor Police', role: 'police-officer', sights: new Map([[seen, 'all'], [kept, 'nothing']] as const), leaks: [], unmet: [], ...more });
  const report = (one: Looked, mailLeaks: LeakReport['mailLeaks'] = []): LeakReport => ({ canaries: [seen, kept], looked: [one], mails: 2, mailLeaks });
  const leak = { where: 'GET /search', canary: kept, what: 'title' } as const;

  it('is tight where nothing leaked and everything that may be read was found', () => {
    expect(isTight(report(looked()))).toBe(true);
    expect(matrixOf(report(looked())).join('\n')).toMatch(/Northmoor Police, police-officer {2}r \.[^]*2 mails were sent[^]*No leak: 1 people of 1 agencies/);
    for (const one of [report(looked({ leaks: [leak] })), report(looked({ unmet: [seen] })), report(looked(), [leak])]) expect(isTight(one)).toBe(false);
  });

  it('says who met what by which way, and never the word itself', () => {
    const text = matrixOf(report(looked({ leaks: [leak], unmet: [seen] }), [{ ...leak, where: 'e-mail' }])).join('\n');
    expect(text).toMatch(/police-officer {2}\? X/);
    expect(text).toContain('2 LEAKS:\nNorthmoor Police, police-officer: title of 2 (note, for the lead alone) by GET /search\nE-mail: title of 2');
    expect(text).toContain('may read 1 and was shown it nowhere');
    expect(text).not.toMatch(WORD);
    expect(jsonOf(report(looked({ leaks: [leak] })))).toMatchObject({ looked: [{ met: ['r', 'X'], leaks: [{ where: 'GET /search', what: 'title', canary: 2 }] }], mails: 2 });
  });
});
