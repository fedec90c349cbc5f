import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Result } from '../../../libs/kernel/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { Clock, CONFIG, UnitOfWork, type ActContext, type Config } from '../../platform/index.js';
import { serviceProvider, type AgencyIdp } from '../domain/idp.js';
import { judgeLogout, type LogoutOrder } from '../domain/judge-logout.js';
import { readLogout, type LogoutInput } from '../domain/read-logout.js';
import type { SamlFault } from '../domain/saml-fault.js';
import { findIdp } from '../store/idp-rows.js';
import { useMessage } from '../store/saml-rows.js';
import { endSessionsNamed } from '../store/session-rows.js';
import { NOTHING_PENDING, samlLibrary } from './saml-library.js';

/** Ends the sessions an agency's identity provider says have ended. Believes only what it signed. */
@Injectable()
export class AnswerLogout {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ledger: LedgerIntake,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Answers the address to send the browser back to, with the signed LogoutResponse in it. */
  async execute(context: ActContext, input: LogoutInput): Promise<Result<string, SamlFault>> {
    const idp = await this.unit.run(context, (work) => findIdp(work, input.agencyCode));
    const done = idp ? await this.attempt(context, idp, input) : err<SamlFault>('unknown-agency');
    if (!done.ok) await this.recordRefusal(context, idp, done.error);
    return done;
  }

  private async attempt(context: ActContext, idp: AgencyIdp, input: LogoutInput): Promise<Result<string, SamlFault>> {
    const received = readLogout(input, 'SAMLRequest', idp.certificates);
    if (!received.ok) return received;
    const provider = serviceProvider(this.config.baseUrl, idp.agencyCode);
    const order = judgeLogout(received.value.root, { idpEntityId: idp.entityId, sloUrl: provider.sloUrl, now: this.clock.now() });
    if (!order.ok) return order;
    const isFirstUse = await this.endNamed(context, idp, order.value);
    if (!isFirstUse) return err('replayed');
    const library = samlLibrary(this.config, idp, provider, NOTHING_PENDING);
    const { id, nameId } = order.value;
    return ok(await library.getLogoutResponseUrlAsync({ ID: id, issuer: idp.entityId, nameID: nameId, nameIDFormat: '' }, received.value.relayState, {}, true));
  }

  private endNamed(context: ActContext, idp: AgencyIdp, order: LogoutOrder): Promise<boolean> {
    return this.unit.run(context, async (work) => {
      if (!(await useMessage(work, idp, order.id, order.expiresAt))) return false;
      const ended = await endSessionsNamed(work, { idpEntityId: idp.entityId, nameId: order.nameId, sessionIndex: order.sessionIndex });
      await this.ledger.append(work, {
        verb: 'session.sign-out', outcome: 'done', agencyCode: idp.agencyCode,
        subject: { kind: 'identity provider', id: idp.entityId, owner: idp.agencyCode }, details: { idp: idp.entityId, sessions: ended },
      });
      return true;
    });
  }

  private async recordRefusal(context: ActContext, idp: AgencyIdp | undefined, fault: SamlFault): Promise<void> {
    await this.unit.run(context, (work) =>
      this.ledger.append(work, { verb: 'session.sign-out', outcome: 'refused', reason: fault, ...(idp && { agencyCode: idp.agencyCode }) }),
    );
  }
}
