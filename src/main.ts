import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { loadConfig } from './platform/config/index.js';
import { httpAdapter, prepareHttp } from './platform/http/server.js';
import { Log } from './platform/index.js';
import { Metrics, NestLog, installRequestTelemetry } from './platform/telemetry/index.js';

/** Starts the API and the portal. Every fault of the configuration is listed before anything else happens. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.for(config), httpAdapter(config), {
    logger: new NestLog(new Log(config)),
    abortOnError: false,
  });
  installRequestTelemetry(app.getHttpAdapter().getInstance(), app.get(Log), app.get(Metrics));
  await prepareHttp(app);
  app.enableShutdownHooks();
  await app.listen(config.port, config.host);
  app.get(Log).info({ port: config.port, baseUrl: config.baseUrl }, 'The portal is ready');
}

main().catch((fault: unknown) => {
  // What was opened on the way must not keep a portal alive that never started.
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`, () => process.exit(1));
});
