import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, UnitOfWork, type ActContext, type Config } from '../../platform/index.js';
import { serviceProvider } from '../domain/idp.js';
import { returnPath } from '../domain/return-path.js';
import { isSecret, newMessageId, newSecret } from '../domain/secrets.js';
import { findIdp } from '../store/idp-rows.js';
import { insertRequest } from '../store/saml-rows.js';
import { NOTHING_PENDING, samlLibrary } from './saml-library.js';

/** What a browser brings that wants to sign in. All of it attacker-controlled. */
export interface BeginSignInInput {
  readonly agencyCode: string;
  readonly returnTo: unknown;
  /** The secret of its pre-login cookie, when it has one: two tabs may be signing in at once. */
  readonly browser: unknown;
}

/** Where the browser goes, and the secret it must bring back. */
export interface SignInBegun {
  readonly location: string;
  readonly browser: string;
}

/** Sends a browser to its agency's identity provider with a signed request that only this browser can complete. */
@Injectable()
export class BeginSignIn {
  constructor(
    private readonly unit: UnitOfWork,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Answers undefined when there is no such agency to sign in with. */
  async execute(context: ActContext, input: BeginSignInInput): Promise<SignInBegun | undefined> {
    const request = {
      id: newMessageId(),
      relayState: newSecret(),
      browser: isSecret(input.browser) ? input.browser : newSecret(),
      returnTo: returnPath(input.returnTo),
    };
    const idp = await this.unit.run(context, async (work) => {
      const found = await findIdp(work, input.agencyCode);
      if (found) await insertRequest(work, found, request);
      return found;
    });
    if (!idp) return undefined;
    const provider = serviceProvider(this.config.baseUrl, idp.agencyCode);
    const library = samlLibrary(this.config, idp, provider, NOTHING_PENDING, request.id);
    const location = await library.getAuthorizeUrlAsync(request.relayState, undefined, {});
    return { location, browser: request.browser };
  }
}
