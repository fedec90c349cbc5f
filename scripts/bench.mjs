// `npm run bench` lists the benches, `npm run bench -- NAME` runs one. Standard output carries JSON lines only, so whatever
// building has to say goes to standard error.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './prepare/folders.mjs';

const built = spawnSync(process.execPath, [join(root, 'scripts', 'prepare.mjs')], { stdio: ['ignore', 2, 2] });
if (built.status !== 0) process.exit(1);
const run = spawnSync(process.execPath, [join(root, 'dist', 'bench', 'run.js'), ...process.argv.slice(2)], { stdio: 'inherit', cwd: root });
process.exit(run.status ?? 1);
