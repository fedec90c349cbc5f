import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILE = 'ledger-checkpoint';

/**
 * The latest checkpoint is kept beside the database as well as in it: whoever administers the database can cut the
 * ledger back to an earlier whole state, and only something he does not administer can tell.
 */
export async function rememberCheckpoint(dataFolder: string, note: string): Promise<void> {
  const file = join(dataFolder, FILE);
  // Whole or not at all, whenever the process is killed.
  await writeFile(`${file}.new`, note);
  await rename(`${file}.new`, file);
}

/** The checkpoint kept beside the database; none on a machine whose worker has signed nothing yet. */
export async function rememberedCheckpoints(dataFolder: string): Promise<readonly string[]> {
  try {
    return [await readFile(join(dataFolder, FILE), 'utf8')];
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw fault;
  }
}
