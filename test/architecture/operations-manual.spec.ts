import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { OPTIONS, optionTable, projectFolder } from '../../src/platform/config/index.js';

/** Rows of an option table by option name. */
function rowsOf(markdown: string): ReadonlyMap<string, string> {
  const rows = markdown.split('\n').flatMap((line) => {
    const name = /^\| `([A-Z0-9_]+)` \|/.exec(line)?.[1];
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

describe('docs/adr/README.md', () => {
  it('lists every decision by its number and its title, in order, and none there is not', () => {
    const folder = join(projectFolder(), 'docs', 'adr');
    const decisions = readdirSync(folder).filter((file) => /^\d{4}-/.test(file)).sort();
    const titles = decisions.map((file) => `- [${(/^# (.+)$/m.exec(readFileSync(join(folder, file), 'utf8'))?.[1] ?? '').trim()}](${file})`);
    expect(readFileSync(join(folder, 'README.md'), 'utf8').split('\n').filter((line) => line.startsWith('- ['))).toEqual(titles);
  });
});
