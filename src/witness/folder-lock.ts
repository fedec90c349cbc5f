import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { WitnessFault, codeOf } from './witness-fault.js';

/**
 * Claims `folder` for this process and answers the function that gives it back. Two witnesses on one folder would each
 * remember by themselves, and one could cosign what the other refused.
 *
 * The claim is a local socket named after the folder itself, which the kernel gives up with the process however that
 * ends: a file with a process number in it would stay behind, and the number may be another program's by then. Where
 * there are no such sockets (elsewhere than on Linux) it is a socket file, which somebody has to remove after a kill.
 * It holds on one machine: a folder two machines share is not protected.
 *
 * @throws WitnessFault when another process holds it.
 */
export async function claimFolder(folder: string): Promise<() => void> {
  const { dev, ino } = await stat(folder);
  const path = process.platform === 'linux' ? `\0concordat-witness-${dev}-${ino}` : join(folder, 'lock.sock');
  const server = createServer((socket) => socket.destroy());
  server.listen({ path });
  try {
    await once(server, 'listening');
  } catch (fault) {
    if (codeOf(fault) !== 'EADDRINUSE') throw fault;
    const rest = process.platform === 'linux' ? '' : `, or, when none runs, remove ${path}`;
    throw new WitnessFault(`Another witness works in ${folder}; stop that one first${rest}.`);
  }
  server.unref();
  return () => server.close();
}
