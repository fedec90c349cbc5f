import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Visitor } from '../builders/visitor.js';
import { startWorld, type World } from '../builders/world.js';

const TREE = {
  kind: 'Document',
  definitions: [
    { kind: 'OperationDefinition', operation: 'query', selectionSet: { kind: 'SelectionSet', selections: [{ kind: 'Field', name: { kind: 'Name', value: '__typename' } }] } },
  ],
};

/** What anybody, without a session, can send as a query that is none. */
describe('the text of a query', () => {
  let world: World;
  let stranger: Visitor;

  beforeAll(async () => {
    world = await startWorld();
    stranger = world.stranger();
  }, 120_000);

  afterAll(() => world.stop());

  it.each([
    ['a syntax tree set apart by blanks', JSON.stringify(TREE).replace('{', '{ ')],
    ['a syntax tree set apart by lines', JSON.stringify(TREE, null, 2)],
    ['nothing', 'null'],
    ['a number', '1'],
    ['a list', '[]'],
    ['two thousand selections within each other', `${'{ a '.repeat(2_000)}${'}'.repeat(2_000)}`],
    ['four thousand lists within each other', `{ search(text: ${'['.repeat(4_000)}${']'.repeat(4_000)}) { nodes { id } } }`],
  ])('%s is refused as a bad query and is no fault of the server', async (_name, query) => {
    const answer = await stranger.graphql(query);
    expect(answer).toMatchObject({ status: 400, data: null });
    expect(answer.errors.map(({ extensions }) => extensions['code'])).toEqual(['bad-query']);
  });
});
