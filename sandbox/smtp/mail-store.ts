import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';

/** Older mail is dropped beyond this many messages. */
const KEPT = 500;
const NAME = /^\d{15}-[0-9a-f-]{36}\.json$/;

/** One message as it was handed over. */
export interface KeptMail {
  readonly id: string;
  readonly receivedAt: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly messageId: string;
  readonly text: string;
  /** The whole message, as received. */
  readonly raw: string;
}

/** Messages in files of their own, so that they outlive a restart. */
export class MailStore {
  constructor(private readonly folder: string) {}

  /** Keeps one message on disk for good before it returns. */
  async keep(from: string, to: readonly string[], raw: Buffer): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const parsed = await PostalMime.parse(raw);
    const now = Date.now();
    const id = randomUUID();
    const mail: KeptMail = {
      id,
      receivedAt: new Date(now).toISOString(),
      from,
      to,
      subject: parsed.subject ?? '',
      messageId: parsed.messageId ?? '',
      text: parsed.text ?? '',
      raw: raw.toString('utf8'),
    };
    await writeDurably(join(this.folder, `${String(now).padStart(15, '0')}-${id}.json`), JSON.stringify(mail));
    await this.dropOldest();
  }

  /** Everything kept, newest first. */
  async all(): Promise<KeptMail[]> {
    const names = await this.names();
    const texts = await Promise.all(names.reverse().map((name) => readFile(join(this.folder, name), 'utf8')));
    return texts.map((text) => JSON.parse(text) as KeptMail);
  }

  private async names(): Promise<string[]> {
    await mkdir(this.folder, { recursive: true });
    return (await readdir(this.folder)).filter((name) => NAME.test(name)).sort();
  }

  private async dropOldest(): Promise<void> {
    const names = await this.names();
    for (const name of names.slice(0, Math.max(0, names.length - KEPT))) await rm(join(this.folder, name), { force: true });
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}
