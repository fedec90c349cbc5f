import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, UnitOfWork, type ActContext, type Config } from '../../platform/index.js';
import { NOTHING_PENDING, samlLibrary } from '../commands/saml-library.js';
import { serviceProvider } from '../domain/idp.js';
import { findIdp } from '../store/idp-rows.js';

/** The metadata of the portal as service provider towards one agency, for that agency's administrators. */
@Injectable()
export class ServiceMetadata {
  constructor(
    private readonly unit: UnitOfWork,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Answers XML, or undefined when there is no such agency. */
  async execute(context: ActContext, agencyCode: string): Promise<string | undefined> {
    const idp = await this.unit.run(context, (work) => findIdp(work, agencyCode));
    if (!idp) return undefined;
    const library = samlLibrary(this.config, idp, serviceProvider(this.config.baseUrl, idp.agencyCode), NOTHING_PENDING);
    return library.generateServiceProviderMetadata(null, this.config.keys.samlCertificate);
  }
}
