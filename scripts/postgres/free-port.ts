import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Whether `port` can be listened on at `host` now. A port held by another program answers false, any other fault throws. */
export async function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  try {
    await listenOnce(port, host);
    return true;
  } catch (fault) {
    if (typeof fault === 'object' && fault !== null && 'code' in fault && fault.code === 'EADDRINUSE') return false;
    throw fault;
  }
}

/** Below what systems give to outgoing connections (Linux from 32768 on), and above every port that browsers refuse to open. */
const CHOSEN_FROM = { first: 11_000, beyond: 32_000 } as const;

/**
 * A loopback port nobody listens on: `kept` when it is still free, else one by chance. None that the system gives to outgoing
 * connections, of which one may take it before whoever asked listens.
 */
export async function freePort(kept?: number): Promise<number> {
  if (kept !== undefined && (await isFree(kept))) return kept;
  const port = randomInt(CHOSEN_FROM.first, CHOSEN_FROM.beyond);
  return (await isFree(port)) ? port : freePort();
}

function listenOnce(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve()));
  });
}
