import { Inject, Injectable } from '@nestjs/common';
import { destination, pino, type DestinationStream, type Logger } from 'pino';
import { CONFIG, type Config } from '../config/index.js';
import { redact, redactText } from './redact.js';

/** What a log line carries beside its sentence. Ids and codes, never case content. */
export type LogFields = Readonly<Record<string, unknown>>;


/**
 * The product's log: one JSON object per line on standard output. Every line passes redaction; a line about a request
 * carries its correlation id (`for`).
 */
@Injectable()
export class Log {
  private readonly lines: Logger;

  constructor(@Inject(CONFIG) config: Pick<Config, 'log'>) {
    this.lines = linesTo(config.log.level, destination({ fd: 1, sync: true }));
  }

  /** A log writing to `stream`, for tests and tools. */
  static to(stream: DestinationStream, level: Config['log']['level'] = 'debug'): Log {
    return Object.assign(Object.create(Log.prototype) as Log, { lines: linesTo(level, stream) });
  }

  /** A log whose every line carries the correlation id of one request or job. */
  for(context: { readonly correlationId: string }): Log {
    return Object.assign(Object.create(Log.prototype) as Log, { lines: this.lines.child({ correlationId: context.correlationId }) });
  }

  debug(fields: LogFields, message: string): void {
    this.lines.debug(redact(fields), redactText(message));
  }

  info(fields: LogFields, message: string): void {
    this.lines.info(redact(fields), redactText(message));
  }

  warn(fields: LogFields, message: string): void {
    this.lines.warn(redact(fields), redactText(message));
  }

  error(fields: LogFields, message: string): void {
    this.lines.error(redact(fields), redactText(message));
  }
}

function linesTo(level: Config['log']['level'], stream: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { process: process.pid },
      timestamp: () => `,"at":"${new Date().toISOString()}"`,
      messageKey: 'message',
      formatters: { level: (label) => ({ level: label }) },
    },
    stream,
  );
}
