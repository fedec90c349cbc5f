// Unpacks the Chromium of @sparticuz/chromium into the folder TMPDIR names and prints where it is. A process of its own,
// because the package unpacks into the system's temporary folder, where two runs, or two accounts, would meet.
import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import chromium, { inflate } from '@sparticuz/chromium';

const parts = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..', 'bin');
const libraries = join(parts, 'al2023.tar.br');
const executable = await chromium.executablePath();
await access(libraries).then(
  () => inflate(libraries),
  () => undefined,
);
process.stdout.write(executable);
