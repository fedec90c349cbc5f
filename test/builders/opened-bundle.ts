import { createHash } from 'node:crypto';
import { octetsOf, openArchive, ZipWriter } from '../../libs/archive/index.js';
import { ALGORITHMS, bagInfoOf, bagInfoText, BUNDLE_PATHS, isPayload, isTagManifest, manifestText, noteText, UNNAMED, type BagFile, type BundleRecord } from '../../libs/bundle/index.js';
import { formatRecord } from '../../libs/bundle/record.js';
import { gathered, inMemory, signAs } from './court-bundle.js';

/** A bundle in the hands of somebody who takes it apart and puts it together again, with as much or as little care as she likes. */
export class OpenedBundle {
  private constructor(
    readonly folder: string,
    readonly files: Map<string, Buffer>,
  ) {}

  static async open(octets: Buffer): Promise<OpenedBundle> {
    const file = inMemory(octets);
    const files = new Map<string, Buffer>();
    const { entries } = await openArchive(file);
    for (const entry of entries) files.set(entry.name.slice(entry.name.indexOf('/') + 1), await gathered(octetsOf(file, entry, ({ message }) => { throw new Error(message); })));
    return new OpenedBundle(entries[0]?.name.split('/')[0] ?? '', files);
  }

  /** The one file whose path ends so. */
  path(ending: string): string {
    const found = [...this.files.keys()].find((path) => path.endsWith(ending));
    if (found === undefined) throw new Error(`No file ends in ${ending}`);
    return found;
  }

  text(path: string): string {
    return this.files.get(path)?.toString() ?? '';
  }

  set(path: string, content: string | Buffer): this {
    this.files.set(path, Buffer.from(content));
    return this;
  }

  /** One bit turned over in the middle of a file. */
  flip(path: string): this {
    const octets = Buffer.from(this.files.get(path) ?? Buffer.alloc(1));
    const at = octets.length >> 1;
    octets[at] = (octets[at] ?? 0) ^ 1;
    return this.set(path, octets);
  }

  edit(path: string, change: (text: string) => string): this {
    const [before, after] = [this.text(path), change(this.text(path))];
    if (before === after) throw new Error(`Nothing was changed in ${path}`);
    return this.set(path, after);
  }

  remove(path: string): this {
    if (!this.files.delete(path)) throw new Error(`There is no ${path}`);
    return this;
  }

  /** A file under another name, in the same place. */
  rename(from: string, to: string): this {
    const entries = [...this.files].map(([path, content]): [string, Buffer] => [path === from ? to : path, content]);
    this.files.clear();
    for (const [path, content] of entries) this.files.set(path, content);
    return this;
  }

  /** The tag manifests made to agree with the files again. */
  tags(): this {
    const tags = this.listed().filter(({ path }) => !isPayload(path) && !isTagManifest(path));
    for (const algorithm of ALGORITHMS) this.set(`tagmanifest-${algorithm}.txt`, manifestText(tags, algorithm));
    return this;
  }

  /** All four manifests and the count of the payload. */
  manifests(): this {
    const payload = this.listed().filter(({ path }) => isPayload(path));
    for (const algorithm of ALGORITHMS) this.set(`manifest-${algorithm}.txt`, manifestText(payload, algorithm));
    return this.set(BUNDLE_PATHS.info, bagInfoText(payload, bagInfoOf(this.recorded()))).tags();
  }

  /** The record made to agree with the files, and changed; the manifests after it. */
  record(change: (record: BundleRecord) => BundleRecord = (record) => record): this {
    const files = this.listed().filter(({ path }) => !(UNNAMED as readonly string[]).includes(path)).map(({ path, size, sha256 }) => ({ path, size, sha256 }));
    return this.set(BUNDLE_PATHS.record, formatRecord(change({ ...this.recorded(), files }))).manifests();
  }

  /** The record signed as the ledger called `origin` does: the operator of the portal can. */
  sign(origin: string): this {
    const hash = createHash('sha256').update(this.files.get(BUNDLE_PATHS.record) ?? '').digest('base64');
    return this.set(BUNDLE_PATHS.note, signAs(origin)(noteText(origin, hash))).tags();
  }

  /** The same as a file; `under` says where each file goes, where that is not under the folder of the bag. */
  async zip(under: (path: string) => string = (path) => `${this.folder}/${path}`, paths: readonly string[] = [...this.files.keys()]): Promise<Buffer> {
    const writer = new ZipWriter();
    const pieces: Buffer[] = [];
    for (const path of paths) {
      const content = this.files.get(path) ?? Buffer.alloc(0);
      pieces.push(await gathered(writer.file(under(path), content.length, [content])));
    }
    return Buffer.concat([...pieces, ...writer.end()]);
  }

  recorded(): BundleRecord {
    return JSON.parse(this.text(BUNDLE_PATHS.record)) as BundleRecord;
  }

  private listed(): readonly BagFile[] {
    return [...this.files].map(([path, content]) => ({ path, size: content.length, sha256: hex('sha256', content), sha512: hex('sha512', content) }));
  }
}

function hex(algorithm: string, content: Buffer): string {
  return createHash(algorithm).update(content).digest('hex');
}
