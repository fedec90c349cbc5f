/** One file of a bag (RFC 8493) with what its manifests say of it. */
export interface BagFile {
  /** Under the folder of the bag. */
  readonly path: string;
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  readonly sha512: string;
}

/** The hash functions a bag of ours has a manifest of each. */
export const ALGORITHMS = ['sha256', 'sha512'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

/** The declaration that a folder is a bag. */
export const BAGIT_TXT = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** Whether a file is payload, so that the manifests list it; of all others the tag manifests do. */
export function isPayload(path: string): boolean {
  return path.startsWith('data/');
}

/** Whether a file is a tag manifest, which none lists. */
export function isTagManifest(path: string): boolean {
  return ALGORITHMS.some((algorithm) => path === `tagmanifest-${algorithm}.txt`);
}

/** A manifest in its one spelling: a line a file, in the order of their paths. */
export function manifestText(files: readonly BagFile[], algorithm: Algorithm): string {
  return byPath(files).map((file) => `${file[algorithm]}  ${file.path}\n`).join('');
}

/** A list in the order of paths, which are ASCII. */
function byPath<T extends { readonly path: string }>(files: readonly T[]): T[] {
  return [...files].sort((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
}

/** What a bag says of itself. A value is one line: what would end it is a space. */
export function bagInfoText(payload: readonly BagFile[], said: readonly (readonly [label: string, value: string])[]): string {
  const octets = payload.reduce((sum, { size }) => sum + size, 0);
  const lines = [...said, ['Payload-Oxum', `${octets}.${payload.length}`] as const];
  return lines.map(([label, value]) => `${label}: ${value.replaceAll(/\s+/g, ' ')}\n`).join('');
}
