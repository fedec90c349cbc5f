import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { identityProvidersDocument, type IdentityProvidersData } from '../documents/identity-providers.js';
import { Page, type Visit } from '../page/page.js';
import { date, dateTime } from '../presenters/dates.js';

type Provider = IdentityProvidersData['identityProviders'][number];
type Certificate = Provider['certificates'][number];

const STATES: Readonly<Record<string, { readonly text: string; readonly classes: string }>> = {
  valid: { text: 'Valid', classes: 'govuk-tag--green' },
  'not-yet-valid': { text: 'Not yet valid', classes: 'govuk-tag--blue' },
  'ends-soon': { text: 'Ends within 30 days', classes: 'govuk-tag--orange' },
  expired: { text: 'Expired', classes: 'govuk-tag--red' },
};

/** What agencies sign in with, and until when: so that a certificate is renewed before it ends. */
@Injectable()
export class SignInAdministrationPage extends Page<IdentityProvidersData> {
  readonly view = 'sign-in-administration';
  readonly section = 'administration';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, me }: Visit): Promise<IdentityProvidersData | undefined> {
    return me.can.administer || me.can.audit ? this.api.ask(identityProvidersDocument, {}, context) : undefined;
  }

  title(): string {
    return 'Sign-in';
  }

  present({ identityProviders }: IdentityProvidersData): object {
    return { warnings: identityProviders.flatMap(warningsOf), providers: identityProviders.map(providerView) };
  }
}

function warningsOf({ agency, certificates }: Provider): string[] {
  return certificates.flatMap(({ state, validTo }) => {
    const day = date(validTo);
    if (state === 'expired') return [`${agency.name}: a certificate expired on ${day}. Have the operator import the agency’s new metadata.`];
    return state === 'ends-soon' ? [`${agency.name}: a certificate ends on ${day}. Have the operator import metadata with the next one before that.`] : [];
  });
}

function providerView({ agency, entityId, offersSignOut, importedAt, certificates }: Provider): object {
  const rows = [
    ['Identity provider', entityId],
    ['Metadata imported', dateTime(importedAt)],
    ['Signing out here', offersSignOut ? 'Also signs out at the agency' : 'Ends the session here only: the agency’s metadata offers no sign-out'],
  ] as const;
  return {
    id: agency.code,
    name: agency.name,
    rows: rows.map(([key, text]) => ({ key: { text: key }, value: { text, classes: 'app-break' } })),
    certificates: certificates.map(certificateView),
  };
}

function certificateView({ subject, fingerprint, validFrom, validTo, state }: Certificate): object {
  return { subject, fingerprint, from: date(validFrom), to: date(validTo), tag: STATES[state] ?? { text: state, classes: 'govuk-tag--grey' } };
}
