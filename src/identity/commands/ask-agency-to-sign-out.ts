import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, UnitOfWork, type ActContext, type Config } from '../../platform/index.js';
import { serviceProvider } from '../domain/idp.js';
import { PERSISTENT } from '../domain/saml-names.js';
import { isSecret } from '../domain/secrets.js';
import { findIdp } from '../store/idp-rows.js';
import { pendingSignOut } from '../store/saml-rows.js';
import { NOTHING_PENDING, samlLibrary } from './saml-library.js';

/** Sends a browser that has signed out here to its agency, with a signed LogoutRequest for the session ours rested on. */
@Injectable()
export class AskAgencyToSignOut {
  constructor(
    private readonly unit: UnitOfWork,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Answers undefined when this browser (its secret is attacker-controlled) has no sign-out pending at this agency. */
  async execute(context: ActContext, agencyCode: string, browser: unknown): Promise<string | undefined> {
    if (!isSecret(browser)) return undefined;
    return this.unit.run(context, async (work) => {
      const idp = await findIdp(work, agencyCode);
      const pending = idp && (await pendingSignOut(work, idp, browser));
      if (!pending || idp.sloUrl === undefined) return undefined;
      const library = samlLibrary(this.config, idp, serviceProvider(this.config.baseUrl, idp.agencyCode), NOTHING_PENDING, pending.id);
      const { nameId, nameQualifier, spNameQualifier, sessionIndex } = pending;
      const subject = {
        issuer: idp.entityId, nameID: nameId, nameIDFormat: PERSISTENT,
        ...(nameQualifier !== undefined && { nameQualifier }), ...(spNameQualifier !== undefined && { spNameQualifier }), ...(sessionIndex !== undefined && { sessionIndex }),
      };
      return library.getLogoutUrlAsync(subject, pending.relayState, {});
    });
  }
}
