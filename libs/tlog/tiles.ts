import { ok, type Result } from '../kernel/index.js';
import { fromDecimal } from '../note/index.js';
import { TlogErrorCode, refuse, type TlogError } from './errors.js';
import { HASH_BYTES, hashNode } from './hashing.js';
import type { NodeReader } from './node-reader.js';
import type { NodeAddress } from './tree-shape.js';

/** Tree levels that one tile spans (C2SP tlog-tiles); a full tile is 256 hashes wide. */
export const TILE_HEIGHT = 8;
/** Hashes in a full tile. */
export const TILE_WIDTH = 256;

/** One tile: hashes at tree level `8 * level`, from `index * 256` on; `width` below 256 makes it partial. */
export interface TileAddress {
  readonly level: number;
  readonly index: number;
  readonly width: number;
}

/** A bundle of log entries: the entries under the level 0 tile of the same index and width. */
export interface BundleAddress {
  readonly level: 'entries';
  readonly index: number;
  readonly width: number;
}

const MAX_LEVEL = 63;
const PATH = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/;

/** The path of a tile or entry bundle under the log's prefix, for example `tile/0/x001/x234/067.p/8`. */
export function formatTilePath({ level, index, width }: TileAddress | BundleAddress): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/.{3}/g) ?? [];
  const number = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${number}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

/**
 * Reads a tile or bundle path (attacker-controlled). Refused with `malformed-path` unless it is exactly what
 * `formatTilePath` prints for what was read, so that one tile has one address.
 */
export function parseTilePath(path: string): Result<TileAddress | BundleAddress, TlogError> {
  const [, levelText = '', number = '', widthText] = PATH.exec(path) ?? [];
  const level = levelText === 'entries' ? levelText : fromDecimal(levelText);
  const index = fromDecimal(number.replace(/[x/]/g, '').replace(/^0+(?=[0-9])/, ''));
  const width = widthText === undefined ? TILE_WIDTH : fromDecimal(widthText);
  if (level === undefined || index === undefined || width === undefined) return malformedPath();
  if ((level !== 'entries' && level > MAX_LEVEL) || width < 1 || width > TILE_WIDTH) return malformedPath();
  const address: TileAddress | BundleAddress = level === 'entries' ? { level, index, width } : { level, index, width };
  return formatTilePath(address) === path ? ok(address) : malformedPath();
}

/** Every tile that holds hashes of a tree of `size` leaves and not yet of one of `from` leaves, lowest level first. */
export function tilesOfTree(size: number, from = 0): readonly TileAddress[] {
  const tiles: TileAddress[] = [];
  for (let level = 0, span = 1; span <= size; level += 1, span *= TILE_WIDTH) {
    const hashes = Math.floor(size / span);
    const known = Math.floor(from / span);
    for (let index = Math.floor(known / TILE_WIDTH); index * TILE_WIDTH < hashes; index += 1) {
      const width = Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH);
      if (index * TILE_WIDTH + width > known) tiles.push({ level, index, width });
    }
  }
  return tiles;
}

/** The bytes of a tile: its hashes one after another. */
export function encodeTile(hashes: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(hashes));
}

/** The hashes of a tile's bytes (attacker-controlled). Refused with `malformed-tile` unless `width` hashes long. */
export function decodeTile(bytes: Uint8Array, width: number): Result<readonly Uint8Array[], TlogError> {
  if (bytes.length !== width * HASH_BYTES || width < 1 || width > TILE_WIDTH) {
    return refuse(TlogErrorCode.MalformedTile, `A tile of width ${width} is ${width * HASH_BYTES} bytes`);
  }
  return ok(Array.from({ length: width }, (_, at) => bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES)));
}

/**
 * A node reader over the tiles of a tree of `size` leaves. `readTile` gives a tile's hashes; each tile is read once
 * per request and levels between tiles are hashed again. The hashes are only as good as the root they lead to.
 */
export function tileNodeReader(
  size: number,
  readTile: (tile: TileAddress) => Promise<readonly Uint8Array[]>,
): NodeReader {
  return {
    async readNodes(addresses) {
      const tiles = new Map<string, Promise<readonly Uint8Array[]>>();
      const read = (tile: TileAddress): Promise<readonly Uint8Array[]> => {
        const key = formatTilePath(tile);
        const known = tiles.get(key) ?? readTile(tile);
        tiles.set(key, known);
        return known;
      };
      return Promise.all(addresses.map(async (address) => nodeInTile(address, size, read)));
    },
  };
}

async function nodeInTile(
  address: NodeAddress,
  size: number,
  read: (tile: TileAddress) => Promise<readonly Uint8Array[]>,
): Promise<Uint8Array> {
  const level = Math.floor(address.level / TILE_HEIGHT);
  const count = 2 ** (address.level % TILE_HEIGHT);
  const first = address.index * count;
  const index = Math.floor(first / TILE_WIDTH);
  const hashesAtLevel = Math.floor(size / TILE_WIDTH ** level);
  const width = Math.min(TILE_WIDTH, hashesAtLevel - index * TILE_WIDTH);
  const hashes = await read({ level, index, width });
  return perfectRoot(hashes.slice(first - index * TILE_WIDTH, first - index * TILE_WIDTH + count), count);
}

function perfectRoot(hashes: readonly Uint8Array[], count: number): Uint8Array {
  const [left, right] = hashes;
  if (hashes.length !== count || left === undefined) throw new Error('A tile is narrower than the tree it is of');
  if (right === undefined) return left;
  const middle = count / 2;
  return hashNode(perfectRoot(hashes.slice(0, middle), middle), perfectRoot(hashes.slice(middle), middle));
}

function malformedPath(): Result<never, TlogError> {
  return refuse(TlogErrorCode.MalformedPath, 'A tile path is tile/LEVEL/INDEX in groups of three digits, or with .p/WIDTH');
}
