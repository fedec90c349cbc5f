import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildClientSchema, getIntrospectionQuery, lexicographicSortSchema, printSchema, type IntrospectionQuery } from 'graphql';
import { startWorld, type World } from '../builders/world.js';

const COMMITTED = fileURLToPath(new URL('../../schema.graphql', import.meta.url));

describe('the printed schema', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld();
  }, 120_000);

  afterAll(() => world.stop());

  it('is the one committed: run with UPDATE_SCHEMA=1 to commit a changed one', async () => {
    const introspection = await world.stranger().ask<IntrospectionQuery>(getIntrospectionQuery());
    const printed = `${printSchema(lexicographicSortSchema(buildClientSchema(introspection)))}\n`;
    if (process.env['UPDATE_SCHEMA'] === '1') writeFileSync(COMMITTED, printed);
    expect(printed).toBe(readFileSync(COMMITTED, 'utf8'));
  });
});
