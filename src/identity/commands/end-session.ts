import { Injectable } from '@nestjs/common';
import { LedgerIntake } from '../../ledger/index.js';
import { UnitOfWork, type ActContext } from '../../platform/index.js';
import { endSession } from '../store/session-rows.js';

/** Ends a session: its own (signing out) or, from the command line, any. It stops working within a second everywhere. */
@Injectable()
export class EndSession {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ledger: LedgerIntake,
  ) {}

  /** Ends the session this request was made in. */
  async signOut(context: ActContext): Promise<void> {
    const { actor } = context;
    if (!actor) return;
    await this.unit.run(context, async (work) => {
      if (!(await endSession(work, actor.sessionId, 'signed-out'))) return;
      await this.ledger.append(work, { verb: 'session.sign-out', outcome: 'done', subject: { kind: 'session', id: actor.sessionId } });
    });
  }

  /** Ends any session by id. Answers false when there is no open one. For the command line, which says who may. */
  async execute(context: ActContext, sessionId: string): Promise<boolean> {
    return this.unit.run(context, async (work) => {
      const ended = await endSession(work, sessionId, 'ended-by-administrator');
      if (ended) await this.ledger.append(work, { verb: 'session.end', outcome: 'done', subject: { kind: 'session', id: sessionId } });
      return ended;
    });
  }
}
