import type { NodeReader } from './node-reader.js';
import { TILE_HEIGHT, TILE_WIDTH, encodeTile, parseTilePath } from './tiles.js';

/**
 * The bytes of the hash tile at a path (attacker-controlled) of C2SP tlog-tiles, out of a tree of `size` leaves; whole or
 * partial, in every width the tree has. Undefined for a path that is not the one spelling of a tile's, for entry bundles, and
 * for hashes the tree does not have yet.
 *
 * @throws Error when the store lacks a node the tree must have
 */
export async function publishedTile(reader: NodeReader, size: number, path: string): Promise<Uint8Array | undefined> {
  const parsed = parseTilePath(path);
  if (!parsed.ok || parsed.value.level === 'entries') return undefined;
  const { level, index, width } = parsed.value;
  const first = index * TILE_WIDTH;
  if (first + width > Math.floor(size / TILE_WIDTH ** level)) return undefined;
  const addresses = Array.from({ length: width }, (_, at) => ({ level: level * TILE_HEIGHT, index: first + at }));
  return encodeTile(await reader.readNodes(addresses));
}
