import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../platform/config/index.js';

/** Built styles, scripts and pictures. */
export const ASSET_FOLDER = join(projectFolder(), 'dist', 'assets');

const NAMES = ['portal.css', 'portal.js', 'upload.js', 'icon.svg'] as const;
export type AssetName = (typeof NAMES)[number];

/** The address of each asset, with a digest of its content so that it can be kept for ever. */
export function assetAddresses(folder = ASSET_FOLDER): Readonly<Record<AssetName, string>> {
  return Object.fromEntries(NAMES.map((name) => [name, `/assets/${name}?v=${digest(join(folder, name))}`])) as Record<AssetName, string>;
}

function digest(file: string): string {
  return existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12) : 'absent';
}
