import { HASH_BYTES, hashNode, sameHash } from './hashing.js';
import { readRoot } from './node-reader.js';
import { TILE_WIDTH, decodeTile, formatTilePath, tileNodeReader, tilesOfTree, type TileAddress } from './tiles.js';

/** Reads one tile by its path; undefined when there is none. What it gives is attacker-controlled. */
export type TileSource = (path: string) => Promise<Uint8Array | undefined>;

/** What is wrong with a set of tiles. Codes are stable; the message names the tiles by their paths. */
export interface TileFinding {
  readonly code: 'tile-missing' | 'malformed-tile' | 'tile-mismatch' | 'root-mismatch';
  readonly message: string;
}

/** The tree a set of tiles must be of: its size and root, out of a checkpoint whose signature was verified. */
export interface SignedTree {
  readonly size: number;
  readonly root: Uint8Array;
}

/**
 * Holds a whole set of hash tiles (C2SP tlog-tiles) against a signed tree: every full tile must hash to what the tile over it
 * says, and the tiles at the right edge must lead to the signed root, so that no bit of any tile is left unchecked. The
 * adversary made the tiles.
 *
 * One tile of each level is held at a time, whatever the size of the tree.
 *
 * @param onLeaves - is given the leaf hashes of each tile of level 0, in order, with the index of the first
 */
export async function checkTiles(
  { size, root }: SignedTree,
  source: TileSource,
  onLeaves: (first: number, hashes: readonly Uint8Array[]) => Promise<void> = () => Promise.resolve(),
): Promise<readonly TileFinding[]> {
  const tiles = new CheckedTiles(size, source);
  const edge: TileAddress[] = [];
  for (const tile of tilesOfTree(size)) {
    const hashes = await tiles.read(tile);
    if (tile.level === 0 && hashes !== undefined) await onLeaves(tile.index * TILE_WIDTH, hashes);
    if (tile.width < TILE_WIDTH) edge.push(tile);
    else if (hashes !== undefined) await tiles.holdAgainstParent(tile, hashes);
  }
  if (!tiles.isComplete) return tiles.findings;
  if (!sameHash(await tiles.root(), root)) {
    const paths = edge.length === 0 ? 'The tiles do' : `The tiles at the right edge (${edge.map(formatTilePath).join(', ')}) do`;
    tiles.findings.push({ code: 'root-mismatch', message: `${paths} not lead to the signed root of ${size} entries` });
  }
  return tiles.findings;
}

class CheckedTiles {
  readonly findings: TileFinding[] = [];
  /** Whether every tile that was read is there and as long as it says. */
  isComplete = true;
  private parent: { readonly path: string; readonly hashes: readonly Uint8Array[] | undefined } | undefined;

  constructor(
    private readonly size: number,
    private readonly source: TileSource,
  ) {}

  async read(tile: TileAddress): Promise<readonly Uint8Array[] | undefined> {
    const path = formatTilePath(tile);
    const octets = await this.source(path);
    const decoded = octets && decodeTile(octets, tile.width);
    if (decoded?.ok === true) return decoded.value;
    this.isComplete = false;
    const finding: TileFinding = decoded === undefined
      ? { code: 'tile-missing', message: `${path} is missing` }
      : { code: 'malformed-tile', message: `${path}: ${decoded.error.message}` };
    this.findings.push(finding);
    return undefined;
  }

  /** A full tile is one hash of the tile over it. */
  async holdAgainstParent(tile: TileAddress, hashes: readonly Uint8Array[]): Promise<void> {
    const index = Math.floor(tile.index / TILE_WIDTH);
    const inLevel = Math.floor(this.size / TILE_WIDTH ** (tile.level + 1));
    const over: TileAddress = { level: tile.level + 1, index, width: Math.min(TILE_WIDTH, inLevel - index * TILE_WIDTH) };
    const path = formatTilePath(over);
    if (this.parent?.path !== path) this.parent = { path, hashes: await this.quietly(over) };
    const said = this.parent.hashes?.[tile.index % TILE_WIDTH];
    // A parent that cannot be read is named when its own turn comes.
    if (said === undefined || sameHash(rootOf(hashes), said)) return;
    const message = `${formatTilePath(tile)} does not hash to what ${path} says of it: one of the two was altered`;
    this.findings.push({ code: 'tile-mismatch', message });
  }

  root(): Promise<Uint8Array> {
    return readRoot(tileNodeReader(this.size, async (tile) => (await this.quietly(tile)) ?? []), this.size);
  }

  private async quietly(tile: TileAddress): Promise<readonly Uint8Array[] | undefined> {
    const octets = await this.source(formatTilePath(tile));
    const decoded = octets && decodeTile(octets, tile.width);
    return decoded?.ok === true ? decoded.value : undefined;
  }
}

/** The root over a full tile's hashes. */
function rootOf(hashes: readonly Uint8Array[]): Uint8Array {
  let level = hashes;
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let at = 0; at + 1 < level.length; at += 2) above.push(hashNode(level[at] ?? NO_HASH, level[at + 1] ?? NO_HASH));
    level = above;
  }
  return level[0] ?? NO_HASH;
}

const NO_HASH = new Uint8Array(HASH_BYTES);
