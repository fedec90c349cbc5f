import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type ActorRef, type Result } from '../../../libs/kernel/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { Clock, CONFIG, UnitOfWork, type ActContext, type Config, type Work } from '../../platform/index.js';
import { serviceProvider, type AgencyIdp } from '../domain/idp.js';
import type { Statement } from '../domain/judge-response.js';
import type { SamlFault } from '../domain/saml-fault.js';
import { isSecret, newSecret } from '../domain/secrets.js';
import { verifyResponse } from '../domain/verify-response.js';
import { vouchedPerson } from '../domain/vouched-person.js';
import { findIdp } from '../store/idp-rows.js';
import { provisionPerson } from '../store/person-rows.js';
import { consumeRequest, pendingSince, useMessage } from '../store/saml-rows.js';
import { insertSession } from '../store/session-rows.js';
import { actingAs } from './acting-as.js';
import { libraryOpinion, samlLibrary } from './saml-library.js';

/** What is posted to the assertion consumer service. All of it attacker-controlled. */
export interface CompleteSignInInput {
  readonly agencyCode: string;
  readonly samlResponse: unknown;
  readonly relayState: unknown;
  readonly browser: unknown;
}

/** A session that was opened. The token goes into the cookie and nowhere else. */
export interface SignedIn {
  readonly token: string;
  readonly returnTo: string;
  readonly expiresAt: Date;
}

class SignInRefused extends Error {
  constructor(readonly fault: SamlFault) {
    super(fault);
  }
}

/** Turns an identity provider's answer into a session, or into a refusal in the ledger. */
@Injectable()
export class CompleteSignIn {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ledger: LedgerIntake,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Returns why the answer was not believed; the reason is for the ledger and the log, never for the browser. */
  async execute(context: ActContext, input: CompleteSignInInput): Promise<Result<SignedIn, SamlFault>> {
    const idp = await this.unit.run(context, (work) => findIdp(work, input.agencyCode));
    const done = idp ? await this.attempt(context, idp, input) : err<SamlFault>('unknown-agency');
    if (!done.ok) await this.recordRefusal(context, idp, done.error);
    return done;
  }

  private async attempt(context: ActContext, idp: AgencyIdp, input: CompleteSignInInput): Promise<Result<SignedIn, SamlFault>> {
    const { browser, relayState } = input;
    if (!isSecret(browser) || !isSecret(relayState)) return err('no-pending-request');
    const provider = serviceProvider(this.config.baseUrl, idp.agencyCode);
    const library = samlLibrary(this.config, idp, provider, (id) => this.unit.run(context, (work) => pendingSince(work, idp, id)));
    const statement = await verifyResponse(input.samlResponse, {
      idp,
      provider,
      now: this.clock.now(),
      library: (posted) => libraryOpinion(library, posted),
    });
    if (!statement.ok) return statement;
    try {
      return ok(await this.unit.run(context, (work) => this.open(work, idp, statement.value, { browser, relayState })));
    } catch (refused) {
      if (refused instanceof SignInRefused) return err(refused.fault);
      throw refused;
    }
  }

  /**
   * One transaction: the request is used up, the assertion is used up, the person is there, the session is open and the
   * ledger says so; or nothing of it happened. A refusal is thrown here so that all of it is taken back.
   */
  private async open(work: Work, idp: AgencyIdp, statement: Statement, from: { browser: string; relayState: string }): Promise<SignedIn> {
    const isFirstUse = await useMessage(work, idp, statement.assertionId, statement.expiresAt);
    if (!isFirstUse) throw new SignInRefused('replayed');
    const returnTo = await consumeRequest(work, idp, { id: statement.requestId, ...from });
    if (returnTo === undefined) throw new SignInRefused('no-pending-request');
    const vouched = vouchedPerson(statement.nameId, statement.attributes, idp);
    if (!vouched.ok) throw new SignInRefused(vouched.error);
    const person = await provisionPerson(work, idp, vouched.value);
    if (person.isDisabled) throw new SignInRefused('person-disabled');
    const { roles } = vouched.value;
    const token = newSecret();
    const expiresAt = this.expiry(work.at, statement.sessionEndsAt);
    const sessionId = await insertSession(work, {
      personId: person.id, agencyId: idp.agencyId, roles, token, absoluteExpiresAt: expiresAt, atAgency: statement,
    });
    const actor: ActorRef = {
      personId: person.id, displayName: person.displayName, agencyId: idp.agencyId, agencyName: idp.agencyName,
      agencyCode: idp.agencyCode, roles, sessionId, idp: idp.entityId,
    };
    await this.ledger.append(actingAs(work, actor), { verb: 'session.sign-in', outcome: 'done', subject: { kind: 'session', id: sessionId } });
    return { token, returnTo, expiresAt };
  }

  private expiry(now: Date, agencySays: Date | undefined): Date {
    const ours = now.getTime() + this.config.session.absoluteSeconds * 1000;
    return new Date(agencySays === undefined ? ours : Math.min(ours, agencySays.getTime()));
  }

  private async recordRefusal(context: ActContext, idp: AgencyIdp | undefined, fault: SamlFault): Promise<void> {
    await this.unit.run(context, (work) =>
      this.ledger.append(work, {
        verb: 'session.sign-in',
        outcome: 'refused',
        reason: fault,
        ...(idp && { agencyCode: idp.agencyCode, details: { idp: idp.entityId } }),
      }),
    );
  }
}
