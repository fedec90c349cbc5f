import { describe, expect, it } from '@jest/globals';
import { ReadAhead } from './read-ahead.js';

const octets = Buffer.from(Array.from({ length: 1_000 }, (_, index) => index % 251));

/** A reader of {@link octets}, and what it has asked for. */
function reading(memory?: Uint8Array): { readonly reader: ReadAhead; readonly asked: [number, number][] } {
  const asked: [number, number][] = [];
  const fetch = (offset: number, into: Uint8Array): Promise<number> => {
    asked.push([offset, into.length]);
    into.set(octets.subarray(offset, offset + into.length));
    return Promise.resolve(Math.min(into.length, octets.length - offset));
  };
  return { reader: new ReadAhead(octets.length, fetch, memory), asked };
}

describe('reading ahead', () => {
  it('fetches what was asked for first and after a jump, and twice as much each time after that', async () => {
    const { reader, asked } = reading();
    for (const at of [0, 10, 20, 30, 40, 50, 60, 70, 500]) expect(Buffer.from(await reader.read(at, 10)).equals(octets.subarray(at, at + 10))).toBe(true);
    expect(asked).toEqual([[0, 10], [10, 20], [30, 40], [70, 80], [500, 10]]);
  });

  it('hands out what the next piece does not overwrite, whoever gave the memory', async () => {
    const { reader } = reading(Buffer.alloc(100));
    const first = await reader.read(0, 50);
    await reader.read(50, 50);
    expect(Buffer.from(first).equals(octets.subarray(0, 50))).toBe(true);
  });

  it('ends when nothing is written into its memory any more, and reads nothing after that', async () => {
    const memory = Buffer.alloc(10);
    let answer = (): void => undefined;
    const reader = new ReadAhead(10, (_, into) => new Promise((resolve) => {
      answer = () => {
        into.fill(7);
        resolve(into.length);
      };
    }), memory);
    const read = reader.read(0, 10);
    let isOver = false;
    const ending = reader.end().then(() => {
      isOver = true;
    });
    await Promise.resolve();
    expect(isOver).toBe(false);
    answer();
    await ending;
    expect([(await read)[0], memory[0]]).toEqual([7, 7]);
    await expect(reader.read(0, 1)).rejects.toThrow('Nothing is read any more');
  });
});
