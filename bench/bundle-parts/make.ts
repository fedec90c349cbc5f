import { createHash, createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { writeBundle, type BundleParts } from '../../libs/bundle/index.js';
import { CustodyAct, nextEvent, signedText } from '../../libs/custody/index.js';
import { BodySealer, newKeyPair, newSessionKey, OpenedKey, StoredBody } from '../../libs/envelope/index.js';
import { must } from '../../libs/kernel/index.js';
import { ed25519PublicBytes, ed25519Signer, formatVerifierKey, signNote } from '../../libs/note/index.js';

const MIB = 1024 * 1024;
const ORIGIN = 'bench.example/ledger';

/**
 * Seals an exhibit of so many MiB into a folder, the plain beside it for the peers to hash, then makes a bundle of the sealed one and
 * says how long that took and how much memory this process ever had.
 */
async function main(folder: string, mebibytes: number): Promise<void> {
  const sessionKey = newSessionKey();
  const sha256 = await seal(folder, sessionKey, mebibytes);
  const file = await open(join(folder, 'sealed'), 'r');
  const { size } = await file.stat();
  const read = async (offset: number, length: number): Promise<Uint8Array> => {
    const octets = Buffer.allocUnsafe(length);
    return octets.subarray(0, (await file.read(octets, 0, length, offset)).bytesRead);
  };
  const began = performance.now();
  const stored = await StoredBody.open({ sizeBytes: size, read }, sessionKey);
  const { parts, key } = await partsOf(stored, sha256);
  await pipeline(Readable.from(writeBundle(parts), { objectMode: false, highWaterMark: MIB }), createWriteStream(join(folder, 'bundle.zip'), { highWaterMark: MIB }));
  const seconds = (performance.now() - began) / 1000;
  await file.close();
  process.stdout.write(JSON.stringify({ seconds, key, peakMib: process.resourceUsage().maxRSS / 1024 }));
}

async function seal(folder: string, sessionKey: Uint8Array, mebibytes: number): Promise<string> {
  const [plain, sealed] = [await open(join(folder, 'plain'), 'w'), await open(join(folder, 'sealed'), 'w')];
  const sealer = BodySealer.begin(sessionKey);
  const random = randomBytes(MIB);
  for (let at = 0; at < mebibytes; at += 1) {
    const piece = Buffer.from(random);
    piece.writeUInt32BE(at);
    await plain.writeFile(piece);
    for (const octets of sealer.write(piece)) await sealed.writeFile(octets);
  }
  const { stored, facts } = sealer.finish();
  for (const octets of stored) await sealed.writeFile(octets);
  await Promise.all([plain.close(), sealed.close()]);
  return facts.sha256;
}

async function partsOf(stored: StoredBody, sha256: string): Promise<{ readonly parts: BundleParts; readonly key: string }> {
  const privateKey = createPrivateKey(generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }));
  const key = formatVerifierKey(ORIGIN, ed25519PublicBytes(privateKey));
  const signer = must(ed25519Signer(ORIGIN, privateKey));
  const at = new Date();
  const pair = await newKeyPair({ name: 'B', passphrase: 'only for this bench', at: new Date(at.getTime() - 1_000), lifeSeconds: 0, version: 4 });
  const unsigned = nextEvent(undefined, { exhibit: 'x', act: CustodyAct.Deposited, at, by: { id: 'a', name: 'A', agency: 'b', agencyName: 'B', roles: [] }, sha256, signer: pair.fingerprint });
  const event = { ...unsigned, signature: await (await OpenedKey.unlock(pair.lockedKey, 'only for this bench')).sign(Buffer.from(signedText(unsigned)), at) };
  const said = { title: 'Video', description: '', marking: 'OFFICIAL', producer: 'A', agency: 'B', depositedAt: at.toISOString(), fileName: 'video.mp4', mediaType: 'video/mp4' };
  return {
    key,
    parts: {
      id: createHash('sha256').update(sha256).digest('hex').slice(0, 16), madeAt: at.toISOString(), madeBy: { name: 'A', agency: 'B' }, recipients: 'A court', reason: 'A bench', purpose: 'A bench', clause: null,
      investigation: { reference: 'B-1', title: 'Bench' }, marking: 'OFFICIAL', ledger: ORIGIN, ledgerKey: key, witnesses: '', keys: [pair],
      exhibits: [{ ...said, id: 'x', reference: 'AB/1', size: stored.dataBytes, sha256, chain: [event], octets: () => stored.range(0, stored.dataBytes) }],
      things: [], entries: () => Promise.resolve([]), pdf: () => Promise.resolve(Buffer.from('%PDF-1.7')), page: Buffer.from('<!DOCTYPE html>'),
      sign: (text) => must(signNote(text, [signer])),
    },
  };
}

const [folder = '', mebibytes = '0'] = process.argv.slice(2);
await writeFile(join(folder, 'begun'), '');
await main(folder, Number(mebibytes));
