import { MailStore } from './mail-store.js';
import { mailServer } from './mail-server.js';
import { readOptions } from './options.js';
import { mailWeb } from './web.js';

const HOST = '127.0.0.1';

/** A mail server of nobody's: keeps what it is given and shows it, so that the demonstration needs no real one. */
async function main(): Promise<void> {
  const options = readOptions(process.env);
  const store = new MailStore(options.folder);
  await store.all();
  const mail = mailServer(store);
  const web = mailWeb(store);
  mail.on('error', (fault) => process.stderr.write(`${fault.message}\n`));
  await Promise.all([
    new Promise<void>((resolve, reject) => {
      mail.server.once('error', reject);
      mail.listen(options.smtpPort, HOST, resolve);
    }),
    new Promise<void>((resolve, reject) => {
      web.once('error', reject);
      web.listen(options.webPort, HOST, resolve);
    }),
  ]);
  process.stdout.write('The sandbox mail server is ready\n');
  const stop = (): void => {
    mail.close(() => undefined);
    web.close();
    web.closeAllConnections();
    setTimeout(() => process.exit(0), 1_000).unref();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((fault: unknown) => {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = 1;
});
