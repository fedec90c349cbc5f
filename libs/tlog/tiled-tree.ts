import type { NodeReader } from './node-reader.js';
import { TILE_HEIGHT, TILE_WIDTH, encodeTile, formatTilePath, parseTilePath, tilesOfTree } from './tiles.js';

/** A stored tree as C2SP tlog-tiles publishes it: the hash tiles of its first `size` leaves, by their paths. */
export class TiledTree {
  constructor(
    private readonly reader: NodeReader,
    private readonly size: number,
  ) {}

  /** Paths of all tiles that make up the tree, lowest level first. */
  paths(): readonly string[] {
    return tilesOfTree(this.size).map(formatTilePath);
  }

  /**
   * The bytes of the tile at a path (attacker-controlled), whole or partial, in every width the tree has. Undefined for a path
   * that is not the one spelling of a tile's, for entry bundles, and for hashes the tree does not have yet.
   *
   * @throws Error when the store lacks a node the tree must have
   */
  async tile(path: string): Promise<Uint8Array | undefined> {
    const parsed = parseTilePath(path);
    if (!parsed.ok || parsed.value.level === 'entries') return undefined;
    const { level, index, width } = parsed.value;
    const first = index * TILE_WIDTH;
    if (first + width > Math.floor(this.size / TILE_WIDTH ** level)) return undefined;
    const addresses = Array.from({ length: width }, (_, at) => ({ level: level * TILE_HEIGHT, index: first + at }));
    return encodeTile(await this.reader.readNodes(addresses));
  }
}
