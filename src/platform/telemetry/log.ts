import { Inject, Injectable } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import { CONFIG, type Config } from '../config/index.js';

type Facts = Readonly<Record<string, unknown>>;

/** Structured log lines. Facts are ids and codes; never content, tokens or keys. */
@Injectable()
export class Log {
  /** The logger behind it, for Fastify. */
  readonly pino: Logger;

  constructor(@Inject(CONFIG) config: Config) {
    this.pino = pino({ level: config.log.level, redact: ['req.headers.cookie', 'req.headers.authorization'] });
  }

  info(facts: Facts, message: string): void {
    this.pino.info(facts, message);
  }

  warn(facts: Facts, message: string): void {
    this.pino.warn(facts, message);
  }

  error(facts: Facts, message: string): void {
    this.pino.error(facts, message);
  }
}
