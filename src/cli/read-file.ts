import { readFileSync } from 'node:fs';
import { CliFault, Exit } from './command.js';

/** The text of a file named on the command line. @throws CliFault when it cannot be read. */
export function readNamedFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new CliFault(`The file ${file} cannot be read.`, Exit.Usage);
  }
}
