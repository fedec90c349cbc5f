import { spawn } from 'node:child_process';
import { root } from '../prepare/folders.mjs';

/**
 * Runs a program of node_modules to its end.
 *
 * @returns {Promise<{ code: number, output: string, seconds: number }>} `output` is empty when `show` is set.
 */
export function run(args, { show = false, env = {}, limitMs } = {}) {
  const began = Date.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const hear = (chunk) => (output += chunk.toString());
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    const limit = limitMs === undefined ? undefined : setTimeout(() => child.kill('SIGTERM'), limitMs);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(limit);
      resolve({ code: code ?? 1, output, seconds: (Date.now() - began) / 1000 });
    });
  });
}
