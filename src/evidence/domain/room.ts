/** What one agency keeps in one investigation, files under way included, and the most it may. */
export interface Room {
  readonly files: number;
  readonly bytes: number;
  readonly mostFiles: number;
  readonly mostBytes: number;
}

/**
 * Why a file does not fit any more, in words; undefined where it does.
 *
 * @param bytes - of the file; 0 where that is known only on arrival.
 */
export function lacksRoom({ files, bytes: kept, mostFiles, mostBytes }: Room, bytes: number): string | undefined {
  if (files >= mostFiles) {
    return `Your agency keeps ${amount(files)} files in this investigation, finished or under way, and may keep ${amount(mostFiles)}. Dispose of what is not needed, or ask the operator of the portal for more.`;
  }
  if (kept + bytes <= mostBytes) return undefined;
  const left = Math.max(0, mostBytes - kept);
  return `Your agency has room for ${amount(left)} bytes more in this investigation, of ${amount(mostBytes)}; uploads under way count. Dispose of what is not needed, or ask the operator of the portal for more.`;
}

const amount = (number: number): string => number.toLocaleString('en-GB');
