import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import fastify from 'fastify';

/** The portal's HTTP server without the portal: `/cat` keeps what it gets with `cat >` and fsync, `/drop` does nothing with it; `/sparse/BYTES` sends the end of a plain file. */
async function main(folder: string, port: number): Promise<void> {
  const server = fastify();
  server.addContentTypeParser('application/offset+octet-stream', (_request, payload, done) => done(null, payload));
  server.patch('/cat', async (request, reply) => {
    const path = join(folder, 'kept');
    const cat = spawn('/bin/sh', ['-c', 'cat > "$0"', path], { stdio: ['pipe', 'ignore', 'inherit'] });
    const gone = once(cat, 'exit');
    await pipeline(request.body as Readable, cat.stdin);
    await gone;
    const file = await open(path, 'r+');
    await file.datasync();
    await file.close();
    return reply.code(204).send();
  });
  server.patch('/drop', async (request, reply) => {
    const body = request.body as Readable;
    body.resume();
    await once(body, 'end');
    return reply.code(204).send();
  });
  server.get('/sparse/:bytes', async (request, reply) => {
    const size = Number((request.params as { readonly bytes: string }).bytes);
    const path = join(folder, 'sparse');
    const file = await open(path, 'a+');
    await file.truncate(size);
    await file.close();
    const start = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    return reply.code(206).header('content-length', String(size - start)).send(createReadStream(path, { start }));
  });
  await server.listen({ port, host: '127.0.0.1' });
  process.stdout.write('ready\n');
}

await main(process.argv[2] ?? '', Number(process.argv[3]));
