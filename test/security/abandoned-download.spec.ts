import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { octetStream } from '../../src/evidence/api/octet-stream.js';

/** A body that counts how often it is let go of. */
function body() {
  let closed = 0;
  async function* octets(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.from('octets'));
  }
  const close = (): Promise<void> => Promise.resolve(void (closed += 1));
  return { octets, close, closed: () => closed };
}

describe('the file behind a download is let go of, once', () => {
  it('when the reader goes away before the first octet: who does so again and again cannot use up the open files', async () => {
    const file = body();
    const stream = octetStream(file);
    stream.destroy();
    await once(stream, 'close');
    expect(file.closed()).toBe(1);
  });

  it('when everything has been sent', async () => {
    const file = body();
    const stream = octetStream(file);
    stream.resume();
    await once(stream, 'close');
    expect(file.closed()).toBe(1);
  });
});
