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

/** A loopback port nobody listens on: `kept` when it is still free, else one the system picks. */
export async function freePort(kept?: number): Promise<number> {
  if (kept !== undefined && (await isFree(kept))) return kept;
  return listenOnce(0, '127.0.0.1');
}

function listenOnce(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const chosen = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(chosen));
    });
  });
}
