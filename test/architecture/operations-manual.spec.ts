import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { OPTIONS, optionTable, projectFolder } from '../../src/platform/config/index.js';

/** Rows of an option table by option name. */
function rowsOf(markdown: string): ReadonlyMap<string, string> {
  const rows = markdown.split('\n').flatMap((line) => {
    const name = /^\| `([A-Z_]+)` \|/.exec(line)?.[1];
    return name === undefined ? [] : [[name, line] as const];
  });
  return new Map(rows);
}

describe('docs/operations.md', () => {
  const manual = readFileSync(join(projectFolder(), 'docs', 'operations.md'), 'utf8');

  it('describes every option as the source does, and none there is not', () => {
    expect([...rowsOf(manual)]).toEqual([...rowsOf(optionTable())]);
    expect([...rowsOf(manual).keys()].sort()).toEqual(Object.keys(OPTIONS).sort());
  });

  it('would be found out if a row were missing or worded otherwise', () => {
    const [first = ''] = rowsOf(manual).values();
    expect([...rowsOf(manual.replace(first, ''))]).not.toEqual([...rowsOf(optionTable())]);
    expect([...rowsOf(manual.replace(first, first.replace('demo', 'demonstration')))]).not.toEqual([...rowsOf(optionTable())]);
  });

  it('names the commands of package.json', () => {
    const { scripts } = JSON.parse(readFileSync(join(projectFolder(), 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['start', 'test', 'check', 'bench']));
    for (const command of ['npm start', 'npm test', 'npm run check', 'npm run bench']) expect(manual).toContain(command);
  });
});
