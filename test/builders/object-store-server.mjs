// A store of objects somebody else wrote, in a process of its own: `node object-store-server.mjs FOLDER BUCKET`.
import S3rver from '@20minutes/s3rver';

// It signs the address of a bucket without its last slash, which Amazon's library does not; who has a key is checked, what is signed is not.
const [directory, bucket] = process.argv.slice(2);
const { port } = await new S3rver({ directory, address: '127.0.0.1', port: 0, silent: true, vhostBuckets: false, allowMismatchedSignatures: true, configureBuckets: [{ name: bucket, configs: [] }] }).run();
process.stdout.write(`objects at ${port}\n`);
