import { identityProvider } from './server.js';
import { readOptions } from './options.js';

/** One process, one agency's identity provider. Ends on SIGTERM and SIGINT. */
function main(): void {
  const options = readOptions(process.env);
  const server = identityProvider(options);
  server.once('error', (fault) => {
    process.stderr.write(`The identity provider of ${options.agencyName} cannot listen on port ${options.port}: ${fault.message}\n`);
    process.exit(1);
  });
  server.listen(options.port, '127.0.0.1', () => process.stdout.write(`The identity provider of ${options.agencyName} is ready at ${options.baseUrl}\n`));
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
