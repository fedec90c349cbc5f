import { Injectable } from '@nestjs/common';
import { err, ok, refusal, RefusalCode, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { UnitOfWork, type ActContext } from '../../platform/index.js';
import type { UnusualUseView } from '../api/unusual-use.views.js';
import { presentUse } from '../queries/present-use.js';
import { findUse } from '../store/unusual-use-rows.js';
import { UnusualUseGate } from './unusual-use-gate.js';

/** What an agency makes of an explanation: it explains, or the agency has taken the matter up with the reader. */
export const CLOSING_OUTCOMES = ['explained', 'taken-up'] as const;
export type ClosingOutcome = (typeof CLOSING_OUTCOMES)[number];

export interface CloseUnusualUseInput {
  readonly id: string;
  readonly conclusion: ClosingOutcome;
  /** Cleaned at the edge. */
  readonly words: string;
}

/** A manager closes her agency's side once it has been answered. The other agency's is its own affair. */
@Injectable()
export class CloseUnusualUse {
  constructor(
    private readonly units: UnitOfWork,
    private readonly gate: UnusualUseGate,
  ) {}

  execute(context: ActContext, { id, conclusion, words }: CloseUnusualUseInput): Promise<Result<UnusualUseView, Refusal>> {
    return this.units.run(context, async (work) => {
      const entered = await this.gate.enter(work, 'unusual-use.close', id);
      if (!entered.ok) return entered;
      const { actor, row } = entered.value;
      const [closed] = await work.sql(
        `UPDATE unusual_use_side SET outcome = $3, closing = $4, closed_by_name = $5, closed_at = $6
          WHERE unusual_use_id = $1 AND agency_id = $2 AND answered_at IS NOT NULL AND closed_at IS NULL RETURNING agency_id`,
        [row.id, actor.agencyId, conclusion, words, actor.displayName, work.at],
      );
      await this.gate.record(work, entered.value, closed === undefined ? 'refused' : 'done', closed === undefined ? NOT_NOW.message : conclusion);
      if (closed === undefined) return err(NOT_NOW);
      return ok(presentUse((await findUse(work, row.id)) ?? row, actor, work.at));
    });
  }
}

const NOT_NOW = refusal(RefusalCode.Conflict, 'It can be closed once, after your agency has answered.');
