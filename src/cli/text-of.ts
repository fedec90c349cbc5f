import { readFileSync } from 'node:fs';
import { CliFault, Exit } from './command.js';

/** What stands in a file somebody named on the command line. @throws CliFault when it cannot be read. */
export function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new CliFault(`The file ${file} cannot be read.`, Exit.Usage);
  }
}
