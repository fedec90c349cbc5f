import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Result } from '../../../libs/kernel/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { Clock, CONFIG, UnitOfWork, type ActContext, type Config } from '../../platform/index.js';
import { serviceProvider, type AgencyIdp } from '../domain/idp.js';
import { judgeLogoutResponse } from '../domain/judge-logout.js';
import { readLogout, type LogoutInput } from '../domain/read-logout.js';
import type { SamlFault } from '../domain/saml-fault.js';
import { isSecret } from '../domain/secrets.js';
import { findIdp } from '../store/idp-rows.js';
import { consumeSignOut } from '../store/saml-rows.js';

/** What an agency said to our request, as far as it is believed. */
export interface SignOutAnswered {
  readonly agencyCode: string;
  readonly isConfirmed: boolean;
}

/** Takes an agency's answer to a sign-out that began here. It changes nothing of ours: our session ended before it was asked. */
@Injectable()
export class ConfirmSignOut {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ledger: LedgerIntake,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Believes only a signed answer to the one pending request of this very browser (its secret is attacker-controlled, like
   * the message): with the answer to somebody else's, a person could be told that she is signed out when she is not.
   */
  async execute(context: ActContext, input: LogoutInput, browser: unknown): Promise<Result<SignOutAnswered, SamlFault>> {
    const idp = await this.unit.run(context, (work) => findIdp(work, input.agencyCode));
    const done = idp ? await this.attempt(context, idp, input, browser) : err<SamlFault>('unknown-agency');
    if (!done.ok) await this.recordRefusal(context, idp, done.error);
    return done;
  }

  private async attempt(context: ActContext, idp: AgencyIdp, input: LogoutInput, browser: unknown): Promise<Result<SignOutAnswered, SamlFault>> {
    const received = readLogout(input, 'SAMLResponse', idp.certificates);
    if (!received.ok) return received;
    const { sloUrl } = serviceProvider(this.config.baseUrl, idp.agencyCode);
    const report = judgeLogoutResponse(received.value.root, { idpEntityId: idp.entityId, sloUrl, now: this.clock.now() });
    if (!report.ok) return report;
    const { relayState } = received.value;
    const { requestId, isConfirmed } = report.value;
    if (!isSecret(browser) || !isSecret(relayState)) return err('no-pending-request');
    return this.unit.run(context, async (work) => {
      const sessionId = await consumeSignOut(work, idp, { id: requestId, relayState, browser });
      if (sessionId === undefined) return err('no-pending-request');
      await this.ledger.append(work, {
        verb: 'session.sign-out', outcome: 'done', agencyCode: idp.agencyCode, subject: { kind: 'session', id: sessionId },
        details: { idp: idp.entityId, agencyConfirmed: isConfirmed },
      });
      return ok({ agencyCode: idp.agencyCode, isConfirmed });
    });
  }

  private async recordRefusal(context: ActContext, idp: AgencyIdp | undefined, fault: SamlFault): Promise<void> {
    await this.unit.run(context, (work) =>
      this.ledger.append(work, { verb: 'session.sign-out', outcome: 'refused', reason: fault, ...(idp && { agencyCode: idp.agencyCode }) }),
    );
  }
}
