import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { err, isUuid, NOT_FOUND, ok, refusal, RefusalCode, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { AuditorReading } from '../../ledger/index.js';
import type { ActContext, Work } from '../../platform/index.js';
import { ProveAsked } from '../jobs/prove-asked.js';

/** Asks, for an auditor, that one exhibit is read now from its first octet to its last. Reading goes on after the answer. */
@Injectable()
export class ProveExhibit {
  constructor(
    private readonly reading: AuditorReading,
    private readonly asked: ProveAsked,
  ) {}

  /** `id` is attacker-controlled. */
  async execute(context: ActContext, id: string): Promise<Result<string, Refusal>> {
    const look = { verb: 'exhibit.prove', subject: { kind: 'exhibit', id }, details: { items: isUuid(id) ? [id] : [] } } as const;
    const done = await this.reading.act(context, look, (work) => this.ask(work, id));
    // What was asked for stands in the database: where this process ends, another reads it.
    if (done.ok) void this.asked.run();
    return done;
  }

  private async ask(work: Work, id: string): Promise<Result<string, Refusal>> {
    const [row] = isUuid(id) ? await work.sql<{ said: string }>('SELECT ask_for_body_proof($1, $2, $3, $4) AS said', [randomUUID(), id, work.context.actor?.displayName, work.at]) : [];
    if (row?.said === 'asked') return ok(id);
    return err(row?.said === 'under-way' ? UNDER_WAY : row?.said === 'busy' ? BUSY : NOT_FOUND);
  }
}

const UNDER_WAY = refusal(RefusalCode.Conflict, 'This exhibit is being read already. See how far it is.');
const BUSY = refusal(RefusalCode.RateLimited, 'Five exhibits that you asked for are not read yet. Wait until one is done and try again.');
