import type { BundleRead } from './read-bundle.js';

/** The text of a file that is held; undefined where there is none or it is not UTF-8: letters put in its place could make it what was signed. */
export function textOf({ held }: BundleRead, path: string): string | undefined {
  const octets = held.get(path);
  if (octets === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return undefined;
  }
}
