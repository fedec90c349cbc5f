// `npm test`: builds, checks, then every test there is. The last line is always `N passed, N failed`; the exit code is 0
// only when nothing failed. `npm test -- PATH` runs the tests of that path alone.
import { join } from 'node:path';
import { root } from './prepare/folders.mjs';
import { runChecks } from './test-run/checks.mjs';
import { runJest } from './test-run/jest.mjs';
import { run } from './test-run/run.mjs';

const args = process.argv.slice(2);
const total = { passed: 0, failed: 0 };

function count({ passed, failed }) {
  total.passed += passed;
  total.failed += failed;
}

process.on('exit', () => {
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
});

const prepared = await run([join(root, 'scripts', 'prepare.mjs'), '--for-tests'], { show: true });
if (prepared.code !== 0) count({ passed: 0, failed: 1 });
else {
  if (args.length === 0) count(await runChecks());
  const tests = await runJest(args);
  count(tests);
  if (tests.skipped > 0) process.stdout.write(`${tests.skipped} skipped\n`);
}
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
