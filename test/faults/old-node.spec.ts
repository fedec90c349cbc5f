import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectFolder } from '../../src/platform/config/index.js';

const script = join(projectFolder(), 'scripts', 'check-node.cjs');

/** Runs the check as a Node of that version would, as far as it can tell. */
function checkedBy(version: string): { status: number | null; words: string } {
  const pretend = `Object.defineProperty(process, 'versions', { value: { node: ${JSON.stringify(version)} } }); require(${JSON.stringify(script)});`;
  const { status, stderr, stdout } = spawnSync(process.execPath, ['-e', pretend], { encoding: 'utf8' });
  return { status, words: `${stdout}${stderr}` };
}

describe('a Node that is too old', () => {
  it.each(['0.10.48', '8.17.0', '18.20.4', '20.0.0', '20.18.3'])('%s is told which one is needed, and nothing else happens', (version) => {
    const { status, words } = checkedBy(version);
    expect(status).toBe(1);
    expect(words.trim()).toBe(`Concordat needs Node 20.19 or newer; this is Node ${version}. Install a newer Node from https://nodejs.org and try again.`);
  });

  it.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0', '100.0.0'])('%s is new enough', (version) => {
    expect(checkedBy(version)).toEqual({ status: 0, words: '' });
  });

  it('can read the check: nothing in it is younger than ECMAScript 5', () => {
    const text = readFileSync(script, 'utf8').replaceAll(/\/\/.*/g, '');
    expect(text).not.toMatch(/=>|`|\b(?:const|let|class|import|export|async|await)\b|\?\.|\?\?|\.\.\./);
  });

  it('meets the check before anything else, whichever command it is given', () => {
    const { scripts, engines } = JSON.parse(readFileSync(join(projectFolder(), 'package.json'), 'utf8')) as { scripts: Record<string, string>; engines: { node: string } };
    for (const name of ['prestart', 'test', 'bench']) expect(scripts[name]).toMatch(/^node scripts\/check-node\.cjs/);
    expect(engines.node).toBe('>=20.19.0');
  });
});
