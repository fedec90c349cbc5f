import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether this machine has the openssl program. */
export const HAS_OPENSSL = spawnSync('openssl', ['version']).status === 0;

const SETTINGS = `[tsa]
default_tsa = here
[here]
serial = ./serial
default_policy = 1.2.3.4.1
digests = sha256
signer_digest = sha256
ess_cert_id_alg = sha256
accuracy = secs:1
ordering = yes
tsa_name = yes
`;
const ROOT = 'basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign\n';
const SIGNER = 'basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n';

/** A time-stamping authority that is the openssl program, over HTTP: a root, an authority it issued, and that one's signer. */
export class OpensslAuthority {
  private constructor(
    private readonly folder: string,
    private readonly server: Server,
  ) {}

  static async start(): Promise<OpensslAuthority> {
    const folder = mkdtempSync(join(tmpdir(), 'concordat-openssl-'));
    writeFileSync(join(folder, 'tsa.cnf'), SETTINGS);
    await certify(folder, 'root', ROOT, undefined);
    await certify(folder, 'middle', ROOT, 'root');
    await certify(folder, 'signer', SIGNER, 'middle');
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        reply(folder, Buffer.concat(chunks)).then(
          (answer) => response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(answer),
          () => response.writeHead(500).end(),
        );
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new OpensslAuthority(folder, server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  get trusted(): string {
    return readFileSync(join(this.folder, 'root.pem'), 'utf8');
  }

  /** What `openssl ts -verify` says of a token of ours over these bytes. */
  async verify(token: Buffer, data: string): Promise<string> {
    writeFileSync(join(this.folder, 'token'), token);
    writeFileSync(join(this.folder, 'data'), data);
    try {
      const { stdout, stderr } = await run('openssl', ['ts', '-verify', '-data', 'data', '-in', 'token', '-token_in', '-CAfile', 'root.pem'], { cwd: this.folder });
      return stdout + stderr;
    } catch (fault) {
      return String((fault as { stdout?: string }).stdout) + String((fault as { stderr?: string }).stderr);
    }
  }

  async end(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function certify(folder: string, name: string, extensions: string, issuer: string | undefined): Promise<void> {
  writeFileSync(join(folder, `${name}.ext`), extensions);
  await run('openssl', ['req', '-new', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=openssl ${name}`], { cwd: folder });
  const by = issuer === undefined ? ['-signkey', `${name}.key`] : ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-CAcreateserial'];
  await run('openssl', ['x509', '-req', '-in', `${name}.csr`, ...by, '-days', '30', '-sha256', '-extfile', `${name}.ext`, '-out', `${name}.pem`], { cwd: folder });
}

async function reply(folder: string, query: Buffer): Promise<Buffer> {
  writeFileSync(join(folder, 'query'), query);
  await run('openssl', ['ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'query', '-signer', 'signer.pem', '-inkey', 'signer.key', '-chain', 'middle.pem', '-out', 'answer'], { cwd: folder });
  return readFileSync(join(folder, 'answer'));
}
