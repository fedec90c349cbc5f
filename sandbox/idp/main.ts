import { identityProvider } from './server.js';
import { readSettings } from './settings.js';

/** One process, one agency's identity provider. Ends on SIGTERM and SIGINT. */
function main(): void {
  const settings = readSettings(process.env);
  const server = identityProvider(settings);
  server.once('error', (fault) => {
    process.stderr.write(`The identity provider of ${settings.agency} cannot listen on port ${settings.port}: ${fault.message}\n`);
    process.exit(1);
  });
  server.listen(settings.port, '127.0.0.1', () => process.stdout.write(`The identity provider of ${settings.agency} is ready at ${settings.baseUrl}\n`));
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
