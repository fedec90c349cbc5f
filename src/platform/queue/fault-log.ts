import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Log } from '../telemetry/index.js';

const QUIET_MS = 10_000;

/**
 * Logs faults of the machinery, each kind at most once in ten seconds with the number of those left out: a database that
 * is away for a minute fails thousands of times. Only kinds are logged, because an error's text may quote its data.
 */
@Injectable()
export class FaultLog {
  private readonly kinds = new Map<string, { since: number; left: number }>();

  constructor(
    private readonly log: Log,
    private readonly clock: Clock,
  ) {}

  /** @param where - which part noticed, for example `relay`. */
  warn(where: string, fault: unknown): void {
    const kind = kindOf(fault);
    const key = `${where} ${kind}`;
    const now = this.clock.now().getTime();
    const seen = this.kinds.get(key);
    if (seen && now - seen.since < QUIET_MS) {
      seen.left += 1;
      return;
    }
    this.kinds.set(key, { since: now, left: 0 });
    this.log.warn({ where, kind, left: seen?.left ?? 0 }, 'The queue met a fault and will try again');
  }
}

/** The class and code of an error, for example `DatabaseError 57P01`. */
function kindOf(fault: unknown): string {
  if (!(fault instanceof Error)) return typeof fault;
  const { code } = fault as { code?: unknown };
  return typeof code === 'string' ? `${fault.name} ${code}` : fault.name;
}
