// Plain JavaScript, because Jest runs it outside its transforms. It only prepares a place: the PostgreSQL cluster itself is
// started by the first test that asks for a database (cluster.ts), so a run of pure specs pays nothing for it.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export default function globalSetup() {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-test-'));
  // As root the server runs under another account, which must be able to walk through.
  chmodSync(folder, 0o711);
  process.env.CONCORDAT_TEST_RUN = folder;
  globalThis.concordatSweeper = beside('./sweep-cluster.mjs', folder);
  globalThis.concordatProviders = beside('./identity-providers.mjs', folder);
}

/** A process that lives as long as the run: its standard input closes with it, however it ends. */
function beside(program, folder) {
  return spawn(process.execPath, [fileURLToPath(new URL(program, import.meta.url)), folder], { detached: true, stdio: ['pipe', 'ignore', 'inherit'] });
}
