import { keptAuthority, readSigner } from './authority.js';
import { readOptions } from './options.js';
import { timestampAuthority } from './server.js';

/** The sandbox's time-stamping authority. Ends on SIGTERM and SIGINT. */
function main(): void {
  const { port, folder } = readOptions(process.env);
  const server = timestampAuthority(readSigner(keptAuthority(folder)));
  server.once('error', (fault) => {
    process.stderr.write(`The sandbox timestamp authority cannot listen on port ${port}: ${fault.message}\n`);
    process.exit(1);
  });
  server.listen(port, '127.0.0.1', () => process.stdout.write(`The sandbox timestamp authority is ready at http://127.0.0.1:${port}\n`));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  }
}

try {
  main();
} catch (fault) {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = 1;
}
