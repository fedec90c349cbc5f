// What has to be true before the product can run: the dependencies are installed and dist/ is built from the present
// sources. Plain JavaScript, because nothing is built or installed yet. The second run finds nothing to do.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildSteps } from './prepare/build-steps.mjs';
import { installDependencies, missingPackages } from './prepare/dependencies.mjs';
import { dist, root } from './prepare/folders.mjs';
import { withLock } from './prepare/lock.mjs';
import { readStamp, writeStamp } from './prepare/stamp.mjs';

const forTests = process.argv.includes('--for-tests');

try {
  if (missingPackages(forTests).length > 0) await installDependencies();
  mkdirSync(dist, { recursive: true });
  await withLock(join(dist, '.preparing'), build);
} catch (fault) {
  process.stderr.write(`${explain(fault)}\n`);
  process.exitCode = 1;
}

async function build() {
  const stamp = readStamp();
  const stale = buildSteps.map((step) => ({ ...step, key: step.key() })).filter((step) => stamp[step.name] !== step.key);
  if (stale.length === 0) return;
  process.stdout.write(`Building ${stale.map((step) => step.name).join(', ')}.\n`);
  await Promise.all(stale.map((step) => step.run()));
  writeStamp({ ...stamp, ...Object.fromEntries(stale.map((step) => [step.name, step.key])) });
}

function explain(fault) {
  if (fault?.code === 'EACCES' || fault?.code === 'EROFS' || fault?.code === 'EPERM') {
    return `This account may not write to ${fault.path ?? root}; start as the owner of the checkout, or give it that folder.`;
  }
  if (fault?.code === 'ENOSPC') return 'The disk is full; make room and try again.';
  return fault instanceof Error ? fault.message : String(fault);
}
