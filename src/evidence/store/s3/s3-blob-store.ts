import { randomUUID } from 'node:crypto';
import { isUuid, type Clock } from '../../../../libs/kernel/index.js';
import { ConfigError } from '../../../platform/config/index.js';
import type { S3Settings } from '../../../platform/index.js';
import { BlobMissing, BlobStore, checkedKey, type Blob, type Draft, type StoredName } from '../blob-store.js';
import { PieceMemory } from './piece-memory.js';
import { ReadAhead } from './read-ahead.js';
import { S3Bucket, type Found } from './s3-bucket.js';
import { PIECE_BYTES, S3Draft, type DraftPlace } from './s3-draft.js';
import { faultInWords } from './s3-fault.js';
import { severalAtOnce } from './several-at-once.js';

const DRAFTS = 'drafts/';
const BODIES = 'bodies/';
const PUBLISHED = 'published/';

/**
 * Sealed bodies as objects of one bucket (ADR 33): `drafts/KEY/N` the pieces of a draft, `bodies/KEY` the body put together of them, and
 * `published/KEY`, empty, which says that the body is evidence. The last is the one step that publishes and takes back.
 */
export class S3BlobStore extends BlobStore {
  private readonly bucket: S3Bucket;
  private readonly memory: PieceMemory;

  constructor(
    private readonly settings: S3Settings,
    private readonly clock: Clock,
    private readonly pieceBytes = PIECE_BYTES,
  ) {
    super();
    this.bucket = new S3Bucket(settings);
    this.memory = new PieceMemory(pieceBytes);
  }

  /**
   * Makes sure that the bucket can be used, before anybody is let in.
   *
   * @throws ConfigError which says what to do.
   */
  async check(): Promise<void> {
    const probe = `probe/${randomUUID()}`;
    try {
      await this.bucket.enter();
      await this.bucket.put(probe, Buffer.from('probe'));
      await this.bucket.get(probe, 0, new Uint8Array(5));
      await this.bucket.remove(probe);
    } catch (fault) {
      throw new ConfigError([faultInWords(fault, this.settings)]);
    }
    if (await this.keepsVersions()) {
      throw new ConfigError([{ option: 'S3_BUCKET', message: 'The bucket keeps versions, so what is disposed of would stay there. Use one that never kept any.' }]);
    }
  }

  /** @throws ConfigError where nobody says: a bucket of which it is not known is not used. */
  private async keepsVersions(): Promise<boolean> {
    try {
      return await this.bucket.keepsVersions();
    } catch (fault) {
      const { option, message } = faultInWords(fault, this.settings);
      const unknown = `It cannot be told whether the bucket ${this.settings.bucket} keeps versions (s3:GetBucketVersioning), and what is disposed of must not stay there.`;
      throw new ConfigError([{ option, message: `${unknown} ${message}` }]);
    }
  }

  async draft(key: string): Promise<Draft> {
    await this.withdraw(key);
    const place = this.placeOf(key);
    const sizes = await this.piecesOf(key);
    const whole = this.contiguous(sizes);
    const strays = [...sizes.keys()].filter((index) => index * this.pieceBytes >= whole);
    await severalAtOnce(strays, (index) => this.bucket.remove(place.piece(index)));
    return new S3Draft(this.bucket, place, whole);
  }

  async draftBytes(key: string): Promise<number> {
    return this.contiguous(await this.piecesOf(key));
  }

  async publish(key: string): Promise<void> {
    // Synced before, the body is there. One that is not is made of its pieces again.
    if ((await this.bucket.size(bodyOf(key))) === undefined) {
      const sizeBytes = await this.draftBytes(key);
      if (sizeBytes === 0) throw new BlobMissing();
      await new S3Draft(this.bucket, this.placeOf(key), sizeBytes).sync();
    }
    await this.bucket.put(PUBLISHED + checkedKey(key), new Uint8Array(0));
  }

  async withdraw(key: string): Promise<void> {
    await this.bucket.remove(PUBLISHED + checkedKey(key));
  }

  async settle(key: string): Promise<void> {
    for await (const { name, uploadId } of this.bucket.unfinished(bodyOf(key))) await this.bucket.abort(name, uploadId);
    await severalAtOnce([...(await this.piecesOf(key)).keys()], (index) => this.bucket.remove(this.placeOf(key).piece(index)));
  }

  async open(key: string): Promise<Blob> {
    const [sign, sizeBytes] = await Promise.all([this.bucket.size(PUBLISHED + checkedKey(key)), this.bucket.size(bodyOf(key))]);
    if (sign === undefined || sizeBytes === undefined) throw new BlobMissing();
    const reader = new ReadAhead(sizeBytes, async (offset, into) => {
      const length = await this.bucket.get(bodyOf(key), offset, into);
      if (length === undefined) throw new BlobMissing();
      return length;
    });
    return { sizeBytes, read: (offset, length) => reader.read(offset, length), close: () => Promise.resolve() };
  }

  async discard(key: string): Promise<void> {
    await this.withdraw(key);
    await this.bucket.remove(bodyOf(key));
    await this.settle(key);
  }

  async list(olderThanMs: number): Promise<StoredName[]> {
    const limit = this.clock.now().getTime() - olderThanMs;
    const published = await this.latest(this.bucket.list(PUBLISHED), PUBLISHED);
    const bodies = await this.latest(this.bucket.list(BODIES), BODIES);
    const pieces = await this.latest(this.bucket.list(DRAFTS), DRAFTS);
    const unfinished = await this.latest(this.bucket.unfinished(BODIES), BODIES);
    const quarantined = new Map([...bodies].filter(([key]) => !published.has(key)));
    for (const more of [pieces, unfinished]) for (const [key, at] of more) quarantined.set(key, Math.max(at, quarantined.get(key) ?? 0));
    const old = (found: ReadonlyMap<string, number>, place: StoredName['place']): StoredName[] => [...found].flatMap(([key, at]) => (at < limit ? [{ key, place }] : []));
    return [...old(quarantined, 'quarantine'), ...old(published, 'published')];
  }

  /** When each key was last written to. */
  private async latest(found: AsyncIterable<Found>, prefix: string): Promise<Map<string, number>> {
    const keys = new Map<string, number>();
    for await (const { name, at } of found) {
      const [key = ''] = name.slice(prefix.length).split('/');
      if (isUuid(key)) keys.set(key, Math.max(at.getTime(), keys.get(key) ?? 0));
    }
    return keys;
  }

  private async piecesOf(key: string): Promise<ReadonlyMap<number, number>> {
    const prefix = `${DRAFTS}${checkedKey(key)}/`;
    const sizes = new Map<number, number>();
    for await (const { name, sizeBytes } of this.bucket.list(prefix)) sizes.set(Number(name.slice(prefix.length)), sizeBytes);
    return sizes;
  }

  /** Octets of the pieces that follow on each other: whole ones and then one that is not. What lies beyond a gap is of no use. */
  private contiguous(sizes: ReadonlyMap<number, number>): number {
    let bytes = 0;
    for (let index = 0, size = sizes.get(0); size !== undefined; index += 1, size = sizes.get(index)) {
      bytes += size;
      if (size < this.pieceBytes) break;
    }
    return bytes;
  }

  private placeOf(key: string): DraftPlace {
    return { pieceBytes: this.pieceBytes, memory: this.memory, piece: (index) => `${DRAFTS}${checkedKey(key)}/${String(index).padStart(5, '0')}`, body: bodyOf(key) };
  }
}

function bodyOf(key: string): string {
  return BODIES + checkedKey(key);
}
