import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Puts `text` into `file` so that it is there after a power cut once this returns, and so that a reader finds what was
 * there before or all of what is there now, whenever the process is killed.
 */
export async function replaceFile(file: string, text: string, mode = 0o644): Promise<void> {
  const fresh = `${file}.new`;
  await writeThrough(fresh, text, 'w', mode);
  await rename(fresh, file);
  await syncFolder(dirname(file));
}

/** Makes `file`, with the same promise. @throws with code `EEXIST` when there is one. */
export async function createFile(file: string, text: string, mode: number): Promise<void> {
  await writeThrough(file, text, 'wx', mode);
  await syncFolder(dirname(file));
}

async function writeThrough(file: string, text: string, flag: 'w' | 'wx', mode: number): Promise<void> {
  const handle = await open(file, flag, mode);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A name is durable only once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
