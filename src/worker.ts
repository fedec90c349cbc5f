import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { WorkerModule } from './worker.module.js';
import { loadConfig } from './platform/config/index.js';
import { Log } from './platform/index.js';
import { NestLog } from './platform/telemetry/index.js';

/** Starts the worker: outbox relay, jobs and the ledger's sequencer. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const app = await NestFactory.createApplicationContext(WorkerModule.for(config), {
    logger: new NestLog(new Log(config)),
    abortOnError: false,
  });
  app.enableShutdownHooks();
  app.get(Log).info({}, 'The worker is ready');
  // Tells the launcher, when there is one; the log may be set too quiet to tell.
  process.send?.('ready');
}

main().catch((fault: unknown) => {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = 1;
});
