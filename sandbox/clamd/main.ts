import type { AddressInfo } from 'node:net';
import { readOptions } from './options.js';
import { clamd } from './server.js';

/** The sandbox's scanner for malware. Ends on SIGTERM and SIGINT. */
function main(): void {
  const options = readOptions(process.env);
  const { port } = options;
  const server = clamd(options);
  server.once('error', (fault) => {
    process.stderr.write(`The sandbox scanner cannot listen on port ${port}: ${fault.message}\n`);
    process.exit(1);
  });
  server.listen(port, '127.0.0.1', () => process.stdout.write(`The sandbox scanner is ready at tcp://127.0.0.1:${(server.address() as AddressInfo).port}\n`));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0));
}

try {
  main();
} catch (fault) {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = 1;
}
