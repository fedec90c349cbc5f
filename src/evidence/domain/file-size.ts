/** The sentence for an empty file, said wherever one turns up. */
export const EMPTY_FILE = 'The file is empty. Choose the file again; if it stays empty, the copy on your device is damaged.';

/** The sentence for a file over the limit. */
export function tooLarge(limitBytes: number): string {
  return `The file is larger than this portal takes (${limitBytes.toLocaleString('en-GB')} bytes). Split it, or ask the service manager for another way.`;
}
