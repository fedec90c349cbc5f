import { Injectable } from '@nestjs/common';
import { LedgerIntake } from '../../ledger/index.js';
import { UnitOfWork, type ActContext } from '../../platform/index.js';
import { endSession } from '../store/session-rows.js';

/** Ends any session, for the command line. It stops working within a second everywhere. */
@Injectable()
export class EndSession {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ledger: LedgerIntake,
  ) {}

  /** Ends any session by id. Answers false when there is no open one. The command line says who may. */
  async execute(context: ActContext, sessionId: string): Promise<boolean> {
    return this.unit.run(context, async (work) => {
      const ended = await endSession(work, sessionId, 'ended-by-administrator');
      if (ended) await this.ledger.append(work, { verb: 'session.end', outcome: 'done', subject: { kind: 'session', id: sessionId } });
      return ended;
    });
  }
}
