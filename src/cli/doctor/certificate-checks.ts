import type { Result } from '../../../libs/kernel/index.js';
import type { CertificateFacts } from '../../identity/index.js';
import { isPublishedCertificate } from '../../platform/config/index.js';
import { ask } from './ask.js';
import { bad, good, warning, type Check } from './check.js';

const DAY_MS = 86_400_000;

interface IdpCertificates {
  readonly code: string;
  readonly certificates: readonly string[];
}

/** How long the certificates of each agency's identity provider still last. An agency that forgets to roll over locks its people out. */
export const certificateChecks: readonly Check[] = [
  {
    name: 'identity provider certificates',
    async look({ config, now }) {
      const rows = await ask<IdpCertificates>(
        config.database.appUrl,
        'SELECT a.code, i.certificates FROM agency_idp i JOIN agency a ON a.id = i.agency_id WHERE a.closed_at IS NULL ORDER BY a.code',
      );
      if (rows.length === 0) return warning('No agency has an identity provider yet; import one with concordat idp import.');
      const published = rows.filter(({ certificates }) => certificates.some(isPublishedCertificate)).map(({ code }) => code);
      if (config.mode === 'production' && published.length > 0) {
        return bad(`Anybody can sign in at ${published.join(', ')}: the key is published with the source. Import the agency's own metadata.`);
      }
      // Only now: every other command would wait for all that signing in is made of.
      const { CERTIFICATE_NOTICE_DAYS, certificateFacts } = await import('../../identity/index.js');
      const lasting = rows.map(({ code, certificates }) => ({ code, until: lastDay(certificates.map((pem) => certificateFacts(pem))) }));
      const words = lasting.map(({ code, until }) => `${code} until ${until.toISOString().slice(0, 10)}`).join(', ');
      const days = Math.min(...lasting.map(({ until }) => (until.getTime() - now.getTime()) / DAY_MS));
      if (days < 0) return bad(`A certificate has run out: ${words}. Import the agency's new metadata.`);
      return days < CERTIFICATE_NOTICE_DAYS ? warning(`A certificate runs out within ${CERTIFICATE_NOTICE_DAYS} days: ${words}. Ask the agency for its next one.`) : good(`They last: ${words}.`);
    },
  },
];

/** The last day on which any of an agency's certificates is good; the epoch when none can be read. */
function lastDay(certificates: readonly Result<CertificateFacts, string>[]): Date {
  return new Date(Math.max(0, ...certificates.flatMap((facts) => (facts.ok ? [facts.value.validTo.getTime()] : []))));
}
