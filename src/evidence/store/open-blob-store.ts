import type { Clock } from '../../../libs/kernel/index.js';
import type { Config } from '../../platform/index.js';
import type { BlobStore } from './blob-store.js';
import { FileBlobStore } from './file-blob-store.js';

/**
 * The store the configuration chooses, seen to be usable. What speaks S3 is loaded only where it is spoken: it takes longer to load than much
 * of the portal.
 *
 * @throws ConfigError where a bucket cannot be used.
 */
export async function openBlobStore(config: Config, clock: Clock): Promise<BlobStore> {
  if (!config.s3) return new FileBlobStore(config, clock);
  const { S3BlobStore } = await import('./s3/s3-blob-store.js');
  const store = new S3BlobStore(config.s3, clock);
  await store.check();
  return store;
}
