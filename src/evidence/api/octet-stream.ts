import { Readable } from 'node:stream';

interface Body {
  readonly octets: () => AsyncGenerator<Uint8Array>;
  readonly close: () => Promise<void>;
}

/**
 * The octets of a body as a stream that lets go of the body when it ends, however it ends. Not left to the generator: one
 * that is ended before it began runs none of its own code, and whoever hangs up early would leave a file open each time.
 */
export function octetStream({ octets, close }: Body): Readable {
  return Readable.from(octets(), { objectMode: false }).once('close', () => void close());
}
