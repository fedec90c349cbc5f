import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../prepare/folders.mjs';
import { run } from './run.mjs';

/** Twice the twenty minutes a whole run may take on two quiet cores: a busy machine is slow, a test that hangs is never done. */
const LIMIT_MS = 40 * 60_000;

/**
 * Runs Jest and answers its totals. A run cut short, or one that ran nothing, has failed.
 *
 * @param {readonly string[]} args more arguments for Jest, for example a path.
 */
export async function runJest(args) {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-tally-'));
  const file = join(folder, 'tally.json');
  try {
    const reporter = join(root, 'scripts', 'test-run', 'tally-reporter.mjs');
    const config = { TALLY_FILE: file, TALLY_REPORTER: reporter, NODE_NO_WARNINGS: '1' };
    const jest = join('node_modules', 'jest', 'bin', 'jest.js');
    const { code } = await run(['--experimental-vm-modules', jest, ...args], { show: true, env: config, limitMs: LIMIT_MS });
    return judge(readTally(file), code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function judge(tally, code) {
  const isCutShort = !tally.finished || tally.passed + tally.failed === 0;
  if (isCutShort) process.stdout.write('The tests did not run to their end.\n');
  const hidden = isCutShort || (code !== 0 && tally.failed === 0) ? 1 : 0;
  if (hidden === 1 && !isCutShort) process.stdout.write(`Jest ended with exit code ${code} although no test failed.\n`);
  return { ...tally, failed: tally.failed + hidden };
}

function readTally(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: 0, finished: false };
  }
}
