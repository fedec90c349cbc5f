import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { newSessionKey, resumePoint, StoredBody } from '../../../libs/envelope/index.js';
import type { Draft } from '../store/blob-store.js';
import { LiveUpload } from './live-upload.js';

/** A draft on a disk with little room: it takes what fits and then refuses, as a disk does. */
class CrampedDraft implements Draft {
  private bytes = Buffer.alloc(0);

  constructor(public room: number) {}

  get sizeBytes(): number {
    return this.bytes.length;
  }

  write(offset: number, pieces: readonly Uint8Array[]): Promise<void> {
    const wanted = Buffer.concat([this.bytes.subarray(0, offset), ...pieces]);
    const kept = wanted.subarray(0, this.room);
    if (kept.length > this.bytes.length) this.bytes = Buffer.from(kept);
    else kept.subarray(offset).copy(this.bytes, offset);
    return wanted.length > this.room ? Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })) : Promise.resolve();
  }

  read(offset: number, length: number): Promise<Uint8Array> {
    return Promise.resolve(this.bytes.subarray(offset, offset + length));
  }

  truncate(length: number): Promise<void> {
    this.bytes = this.bytes.subarray(0, length);
    return Promise.resolve();
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  sync(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

describe('a disk that is full in the middle of an upload', () => {
  it.each([0, 20, 36, 200_000, 262_196, 700_001, 1_400_000])('with room for %d octets: says so, and goes on at a whole chunk once there is room', async (room) => {
    const [file, key, draft] = [randomBytes(1_500_000), newSessionKey(), new CrampedDraft(room)];
    const first = await LiveUpload.open(draft, key);
    await expect(sendAndFinish(first, file)).rejects.toMatchObject({ code: 'ENOSPC' });
    await first.close();
    draft.room = Infinity;
    const { dataBytes } = resumePoint(draft.sizeBytes);
    const again = await LiveUpload.open(draft, key);
    expect(again.takenBytes).toBe(dataBytes);
    const facts = await sendAndFinish(again, file.subarray(again.takenBytes));
    expect(facts).toMatchObject({ sizeBytes: file.length, sha256: createHash('sha256').update(file).digest('hex') });
    const body = await StoredBody.open({ sizeBytes: draft.sizeBytes, read: (at, length) => draft.read(at, length) }, key);
    expect(body.dataBytes).toBe(file.length);
  });
});

async function sendAndFinish(upload: LiveUpload, file: Uint8Array): ReturnType<LiveUpload['finish']> {
  for (let at = 0; at < file.length; at += 65_536) await upload.write(file.subarray(at, at + 65_536));
  return upload.finish();
}
