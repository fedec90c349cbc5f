import { Injectable } from '@nestjs/common';
import { LedgerIntake } from '../../ledger/index.js';
import { UnitOfWork, type ActContext } from '../../platform/index.js';
import { isSecret, newMessageId, newSecret } from '../domain/secrets.js';
import { findIdp } from '../store/idp-rows.js';
import { insertRequest } from '../store/saml-rows.js';
import { endSession } from '../store/session-rows.js';

/** A session that has ended here. */
export interface SignedOut {
  readonly agencyCode: string;
  /** The secret the browser must bring back from its agency; undefined when the agency cannot be asked to end its own session. */
  readonly browser: string | undefined;
}

/** Ends one's own session, and prepares asking the agency to end the one it rested on. */
@Injectable()
export class SignOut {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ledger: LedgerIntake,
  ) {}

  /**
   * Ends the session this request was made in, whatever the agency will say. `browser` (attacker-controlled) is the secret
   * of a sign-in this browser may have under way. Answers undefined when there was no session to end.
   */
  async execute(context: ActContext, browser: unknown): Promise<SignedOut | undefined> {
    const { actor } = context;
    if (!actor) return undefined;
    const request = { id: newMessageId(), relayState: newSecret(), browser: isSecret(browser) ? browser : newSecret(), returnTo: '', sessionId: actor.sessionId };
    return this.unit.run(context, async (work) => {
      if (!(await endSession(work, actor.sessionId, 'signed-out'))) return undefined;
      const idp = await findIdp(work, actor.agencyCode);
      // A provider imported since knows nothing of a session that another one opened.
      const canAsk = idp?.sloUrl !== undefined && idp.entityId === actor.idp;
      if (canAsk) await insertRequest(work, idp, request);
      await this.ledger.append(work, {
        verb: 'session.sign-out', outcome: 'done', subject: { kind: 'session', id: actor.sessionId }, details: { askedAgency: canAsk },
      });
      return { agencyCode: actor.agencyCode, browser: canAsk ? request.browser : undefined };
    });
  }
}
