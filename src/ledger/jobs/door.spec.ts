import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ANSWER_LIMIT_MS, knock } from './door.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('asking a server of somebody else', () => {
  let server: Server | undefined;
  let collecting: NodeJS.Timeout | undefined;

  async function serve(listener: RequestListener): Promise<string> {
    server = createServer(listener);
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  afterEach(() => {
    clearInterval(collecting);
    server?.closeAllConnections();
    server?.close();
  });

  const silent: Readonly<Record<string, RequestListener>> = {
    'never answers': () => undefined,
    'begins an answer and never ends it': (_, response) => void response.writeHead(200).write('-'),
  };

  it.each(Object.entries(silent))('one that %s is waited for no longer than the limit, however often garbage is collected', async (_, listener) => {
    const address = await serve(listener);
    collecting = setInterval(collectGarbage, 25);
    await expect(knock(address, {}, new AbortController().signal)).rejects.toMatchObject({ code: 'silent', message: `It did not answer within ${ANSWER_LIMIT_MS / 1000} seconds` });
  }, 3 * ANSWER_LIMIT_MS);

  it('is broken off as its asker stops', async () => {
    const stopped = new AbortController();
    const address = await serve(() => stopped.abort());
    await expect(knock(address, {}, stopped.signal)).rejects.toMatchObject({ code: 'silent' });
    await expect(knock(address, {}, stopped.signal)).rejects.toMatchObject({ code: 'silent' });
  });

  it('names the code of the system for one that cannot be reached, and nothing that somebody wrote', async () => {
    const address = await serve(() => undefined);
    await new Promise((resolve) => server?.close(resolve));
    await expect(knock(address, {}, new AbortController().signal)).rejects.toMatchObject({ code: 'silent', message: 'It could not be reached (ECONNREFUSED)' });
  });

  it('reads no more octets than an answer needs', async () => {
    const address = await serve((_, response) => void response.writeHead(200).end('a'.repeat(65_537)));
    await expect(knock(address, {}, new AbortController().signal)).rejects.toMatchObject({ code: 'unreadable', message: 'Its answer is longer than 65536 bytes' });
  });
});
