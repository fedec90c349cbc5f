import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { generate } from '../../../scripts/documents/generate.js';
import { readDocuments } from '../../../scripts/documents/write.js';
import { documents } from './manifest.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SCHEMA = join(ROOT, 'schema.graphql');

describe('the portal’s documents', () => {
  it('are typed from the committed schema: run node dist/scripts/documents/write.js after changing either', () => {
    expect(existsSync(SCHEMA)).toBe(true);
    const written = generate(readFileSync(SCHEMA, 'utf8'), readDocuments(ROOT));
    for (const [name, text] of Object.entries(written)) {
      expect({ name, text: readFileSync(join(ROOT, 'src/portal/documents', name), 'utf8') }).toEqual({ name, text });
    }
  });

  it('hold the very text that the live island sends', () => {
    const island = readFileSync(join(ROOT, 'src/portal/islands/portal/live.ts'), 'utf8');
    const [, sent] = /const LIVE = `([^`]+)`/.exec(island) ?? [];
    expect(documents.map(({ text }) => text)).toContain(sent);
  });
});
