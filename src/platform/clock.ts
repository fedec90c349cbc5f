import { Injectable } from '@nestjs/common';
import type { Clock as KernelClock } from '../../libs/kernel/index.js';

/** The injection token of the one clock. Nothing in src/ reads the time in any other way. */
export abstract class Clock implements KernelClock {
  abstract now(): Date;
}

/** The machine's clock. */
@Injectable()
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
