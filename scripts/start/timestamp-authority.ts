import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keptAuthority } from '../../sandbox/tsa/authority.js';
import { SANDBOX_POLICY } from '../../sandbox/tsa/answer.js';
import { SANDBOX_PORTS, type Config } from '../../src/platform/config/index.js';
import { acceptsConnections } from './answers.js';
import type { DataFolder } from './data-folder.js';
import type { Program } from './processes.js';

/** What the demonstration runs so that its ledger is dated. */
export interface DemonstrationAuthority {
  readonly program: Program;
  /** For the environment of the API and the worker. */
  readonly env: Readonly<Record<string, string>>;
}

/** Whether this start brings a time-stamping authority of its own: a demonstration that was not told of another. */
export function bringsAuthority({ demo, timestamps }: Config): boolean {
  return demo && timestamps.authorityUrl === undefined && timestamps.trustedCertificates === undefined;
}

/** The sandbox authority, with a key and certificates that are made on the first start and kept, as its timestamps are. */
export function demonstrationAuthority(config: Config, folder: DataFolder): DemonstrationAuthority {
  const home = join(folder.path, 'sandbox', 'timestamps');
  const { trusted } = keptAuthority(home);
  const port = config.port + SANDBOX_PORTS.timestamps;
  const program: Program = {
    name: 'the sandbox timestamp authority',
    logName: 'tsa',
    module: fileURLToPath(new URL('../../sandbox/tsa/main.js', import.meta.url)),
    env: { ...(process.env['PATH'] === undefined ? {} : { PATH: process.env['PATH'] }), TSA_PORT: String(port), TSA_DATA: home },
    isReady: () => acceptsConnections(port),
    // That an outage leaves a queue and no gap is what the demonstration shows.
    pidFileOfDispensable: join(home, 'pid'),
  };
  return { program, env: { TIMESTAMP_AUTHORITY_URL: `http://127.0.0.1:${port}/`, TIMESTAMP_TRUSTED_CERTIFICATES_FILE: trusted, TIMESTAMP_POLICY: SANDBOX_POLICY } };
}
