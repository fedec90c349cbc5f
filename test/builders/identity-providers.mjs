// Started beside the test run: the identity providers of its worlds, each a server on a port of its own, in one process. A world signs
// people of up to seven agencies in, and a process for each would take longer to start than everybody to sign in. Specs of the provider
// itself start the program. Its standard input closes when the run ends, and then it ends.
import { createServer } from 'node:http';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const folder = process.argv[2];
const PROVIDERS = new URL('../../dist/sandbox/idp/', import.meta.url);

/** Starts what the body of a request says, options as the program takes them from its environment, and answers its port. */
const host = createServer(async (request, response) => {
  try {
    // Loaded when first asked for, because a run of pure specs asks for nothing.
    const [{ readOptions }, { identityProvider }] = await Promise.all([import(new URL('options.js', PROVIDERS)), import(new URL('server.js', PROVIDERS))]);
    const provider = identityProvider(readOptions({ IDP_PORT: '1', ...JSON.parse(await text(request)) }));
    provider.listen(0, '127.0.0.1', () => response.end(String(provider.address().port)));
  } catch (fault) {
    response.writeHead(500).end(fault instanceof Error ? fault.message : String(fault));
  }
});

host.listen(0, '127.0.0.1', () => {
  writeFileSync(join(folder, 'providers.new'), String(host.address().port));
  renameSync(join(folder, 'providers.new'), join(folder, 'providers'));
});
process.on('SIGINT', () => undefined);
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
