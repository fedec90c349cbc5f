import type { LoggerService } from '@nestjs/common';
import { Log } from './log.js';

/** Gives Nest's own messages the product's form. Pass to NestFactory as `logger`. */
export class NestLog implements LoggerService {
  constructor(private readonly log_: Log) {}

  log(message: unknown, ...rest: readonly unknown[]): void {
    this.log_.debug({ from: rest.at(-1) }, sentence(message));
  }

  warn(message: unknown, ...rest: readonly unknown[]): void {
    this.log_.warn({ from: rest.at(-1) }, sentence(message));
  }

  error(message: unknown, ...rest: readonly unknown[]): void {
    this.log_.error({ from: rest.at(-1), ...(message instanceof Error ? { fault: message } : {}) }, sentence(message));
  }
}

function sentence(message: unknown): string {
  if (message instanceof Error) return message.message;
  return typeof message === 'string' ? message : JSON.stringify(message);
}
