import { createHash, randomBytes } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { TimeStampReq, type TSTInfo } from '@peculiar/asn1-tsp';
import { granted, infoFor, rejected } from '../../sandbox/tsa/answer.js';
import { TIME_STAMPING, newIdentity, pemOf, type Identity } from '../../sandbox/tsa/certificate.js';

/** What a false authority does with a checkpoint it is asked to date. */
export type Deceit =
  | 'honest' | 'another-checkpoint' | 'replayed' | 'backdated' | 'server-certificate' | 'stranger' | 'expired' | 'altered' | 'rejects' | 'garbage' | 'page' | 'endless' | 'asleep' | 'drips' | 'redirects' | 'breaks';

const DAY_MS = 86_400_000;
const times = () => ({ from: new Date(Date.now() - DAY_MS), to: new Date(Date.now() + DAY_MS) });
const SIGNS = { id: TIME_STAMPING, critical: true } as const;

/** An authority under an adversary's hand: it answers over real HTTP, and as it is told. */
export class FalseAuthority {
  does: Deceit = 'honest';
  private readonly root = newIdentity({ name: 'Root', authority: true, ...times() });
  private readonly signer = newIdentity({ name: 'Authority', purpose: SIGNS, ...times() }, this.root);

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FalseAuthority> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => authority.answer(Buffer.concat(chunks), response));
    });
    const authority = new FalseAuthority(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return authority;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  /** The certificate of its root, which those who ask it trust. */
  get trusted(): string {
    return pemOf(this.root);
  }

  async end(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(body: Buffer, response: ServerResponse): void {
    const say = (answer: Uint8Array, type = 'application/timestamp-reply'): void => void response.writeHead(200, { 'content-type': type }).end(answer);
    const rude: Partial<Record<Deceit, () => void>> = {
      rejects: () => say(rejected()),
      garbage: () => say(randomBytes(500)),
      page: () => say(Buffer.from('<html>Sign in to the guest network</html>'), 'text/html'),
      endless: () => flood(response),
      asleep: () => undefined,
      drips: () => drip(response),
      redirects: () => void response.writeHead(307, { location: this.url }).end(),
      breaks: () => void response.writeHead(500).end(),
    };
    const answer = rude[this.does];
    if (answer === undefined) say(this.token(AsnConvert.parse(body, TimeStampReq)));
    else answer();
  }

  private token(request: TimeStampReq): Uint8Array {
    const info = infoFor(request, new Date());
    const expired = { from: new Date(0), to: new Date(Date.now() - DAY_MS) };
    const by = (identity: Identity) => () => granted(identity, info);
    const deceiving: Partial<Record<Deceit, () => Uint8Array>> = {
      'another-checkpoint': () => granted(this.signer, over(info, randomBytes(32))),
      replayed: () => granted(this.signer, Object.assign(info, { nonce: Uint8Array.from([0x41, ...randomBytes(15)]).buffer })),
      backdated: () => granted(this.signer, Object.assign(info, { genTime: new Date(Date.now() - 120_000) })),
      'server-certificate': by(newIdentity({ name: 'Authority', purpose: { id: '1.3.6.1.5.5.7.3.1', critical: true }, ...times() }, this.root)),
      stranger: by(newIdentity({ name: 'Authority', purpose: SIGNS, ...times() }, stranger())),
      expired: by(newIdentity({ name: 'Authority', purpose: SIGNS, ...expired }, this.root)),
      altered: () => flipped(granted(this.signer, info)),
    };
    return (deceiving[this.does] ?? by(this.signer))();
  }
}

function stranger(): Identity {
  return newIdentity({ name: 'Root', authority: true, ...times() });
}

function over(info: TSTInfo, data: Uint8Array): TSTInfo {
  info.messageImprint.hashedMessage = new OctetString(createHash('sha256').update(data).digest());
  return info;
}

/** The last byte is of the signature. */
function flipped(answer: Uint8Array): Uint8Array {
  return Uint8Array.from(answer, (byte, at) => (at === answer.length - 1 ? byte ^ 1 : byte));
}

function flood(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/timestamp-reply' });
  const more = (): void => {
    while (!response.destroyed && response.write(Buffer.alloc(16_384))) continue;
  };
  response.on('drain', more);
  more();
}

function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/timestamp-reply' });
  const timer = setInterval(() => response.write(Buffer.from([0x30])), 100);
  response.on('close', () => clearInterval(timer));
}
