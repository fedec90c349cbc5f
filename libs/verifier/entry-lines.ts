import { isUtf8 } from 'node:buffer';
import { LONGEST_ENTRY_FILE } from './entry-file.js';

const LINE_END = 0x0a;
/** More octets than an entry file can have letters for: what is read of a longer line is still too long to be one. */
const LONGEST_LINE = 3 * LONGEST_ENTRY_FILE + 1;

/**
 * The lines of a file of entries (attacker-controlled), as many at a time as the file is read in. A line ends in a newline and in
 * nothing else: JSON may hold what other readers of lines take for an end. A line that is not UTF-8 is given as an empty one,
 * which is no entry: letters put in the place of what is no text could make it the text that was signed.
 */
export async function* pagesOfLines(octets: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[]> {
  // In pieces until the line ends: to join them at each would take a line that never ends as long as its length squared.
  let rest: Uint8Array[] = [];
  let room = LONGEST_LINE;
  for await (const chunk of octets) {
    const end = chunk.lastIndexOf(LINE_END);
    if (end >= 0) {
      yield linesOf(Buffer.concat([...rest, chunk.subarray(0, end)]));
      [rest, room] = [[], LONGEST_LINE];
    }
    const piece = Uint8Array.from(chunk.subarray(end + 1, end + 1 + room));
    if (piece.length > 0) rest.push(piece);
    room -= piece.length;
  }
  if (rest.length > 0) yield linesOf(Buffer.concat(rest));
}

function linesOf(page: Buffer): readonly string[] {
  if (isUtf8(page)) return page.toString('utf8').split('\n');
  return page.toString('latin1').split('\n').map((line) => {
    const octets = Buffer.from(line, 'latin1');
    return isUtf8(octets) ? octets.toString('utf8') : '';
  });
}
