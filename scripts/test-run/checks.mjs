import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../prepare/folders.mjs';
import { run } from './run.mjs';

const bin = (path) => join('node_modules', path);
const folders = ['src', 'libs', 'sandbox', 'scripts', 'migrations', 'bench', 'test'].filter((folder) => existsSync(join(root, folder)));

/** What must hold before any test is worth running. */
const CHECKS = [
  { name: 'types', args: [bin('typescript/bin/tsc'), '--noEmit'] },
  { name: 'types of the islands', args: [bin('typescript/bin/tsc'), '--noEmit', '-p', 'src/portal/islands'] },
  { name: 'types of the page that checks bundles', args: [bin('typescript/bin/tsc'), '--noEmit', '-p', 'libs/verify-page'] },
  { name: 'imports', args: [bin('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs', '--output-type', 'err-long', ...folders] },
  { name: 'unused code', args: [bin('knip/bin/knip.js'), '--no-progress'] },
  { name: 'lint', args: [bin('eslint/bin/eslint.js'), '.'] },
];

/** Runs every check, two at a time, and tells of each. Answers how many passed and failed. */
export async function runChecks() {
  const waiting = [...CHECKS];
  const tally = { passed: 0, failed: 0 };
  const work = async () => {
    for (let check = waiting.pop(); check !== undefined; check = waiting.pop()) {
      const { code, output, seconds } = await run(check.args);
      tally[code === 0 ? 'passed' : 'failed'] += 1;
      process.stdout.write(`${code === 0 ? 'PASS' : 'FAIL'} ${check.name} (${seconds.toFixed(1)} s)\n${code === 0 ? '' : `${output}\n`}`);
    }
  };
  await Promise.all([work(), work()]);
  return tally;
}
