import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { agencyKeysDocument, type AgencyKeysData } from '../documents/agency-keys.js';
import { approveKeyChangeDocument } from '../documents/approve-key-change.js';
import { proposeKeyChangeDocument } from '../documents/propose-key-change.js';
import { withdrawKeyChangeDocument } from '../documents/withdraw-key-change.js';
import type { FlashKey } from '../page/flash.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf } from '../page/problems.js';
import { paths } from '../paths.js';
import { FormView } from '../presenters/form.js';
import { changeView, keyView, spaced } from '../presenters/keys.js';

type Loaded = NonNullable<AgencyKeysData['agencyKeys']>;

const KINDS = [
  { value: 'register', text: 'Register our own key', hint: { text: 'Your agency keeps the private key. The portal gets the public key alone and can no longer open exhibits for your people: they take sealed copies.' } },
  { value: 'renew', text: 'Have the portal make and hold a new key', hint: { text: 'The former key is taken out of use, and exhibits are given to the new one in the background.' } },
  { value: 'revoke', text: 'Revoke a key', hint: { text: 'It opens nothing here any more. If it is the key in use, nothing is sealed for your agency until another is registered or made.' } },
];

/** The keys agencies receive evidence under, and their changes: one person proposes, another approves. */
@Injectable()
export class KeysPage extends Page<Loaded> {
  readonly view = 'keys';
  readonly section = 'keys';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, me }: Visit): Promise<Loaded | undefined> {
    if (!me.can.administer && !me.can.audit && !me.can.manageUse) return undefined;
    const { agencyKeys } = await this.api.ask(agencyKeysDocument, {}, context);
    return agencyKeys ?? undefined;
  }

  title(): string {
    return 'Keys';
  }

  present({ keys, changes, canPropose }: Loaded, visit: Visit): object {
    const form = FormView.of(visit);
    const own = keys.filter(({ state }) => state !== 'revoked');
    return {
      everybody: visit.me.can.audit,
      keys: keys.map(keyView),
      changes: changes.map(changeView),
      propose: canPropose && {
        change: form.choices('change', { label: 'What is to change' }, KINDS),
        publicKey: form.textarea('publicKey', { label: 'Public key', hint: 'Only to register your own key: the public key as armoured text. Never a private key.' }),
        fingerprint: form.select('fingerprint', { label: 'Key', hint: 'Only to revoke a key.' }, [
          { value: '', text: 'Choose a key' }, ...own.map(({ fingerprint }) => ({ value: fingerprint, text: spaced(fingerprint) })),
        ]),
        reason: form.textarea('reason', { label: 'Reason', hint: 'Whoever approves it and the auditors read this.', rows: 3 }),
      },
    };
  }

  override async answer({ form, context }: Visit): Promise<Answer> {
    const id = form.text('id');
    switch (form.text('step')) {
      case 'approve':
        return settled((await this.api.ask(approveKeyChangeDocument, { id }, context)).approveKeyChange, 'key-change-approved');
      case 'withdraw':
        return settled((await this.api.ask(withdrawKeyChangeDocument, { id }, context)).withdrawKeyChange, 'key-change-withdrawn');
      default: {
        const [publicKey, fingerprint] = [form.prose('publicKey'), form.text('fingerprint')];
        const input = { change: form.text('change'), publicKey: publicKey === '' ? null : publicKey, fingerprint: fingerprint === '' ? null : fingerprint, reason: form.prose('reason') };
        return settled((await this.api.ask(proposeKeyChangeDocument, { input }, context)).proposeKeyChange, 'key-change-proposed');
      }
    }
  }
}

type Told = { readonly __typename: 'KeyChangeMade' } | ({ readonly __typename: 'Refused' } & Parameters<typeof problemsOf>[0]);

function settled(told: Told, flash: FlashKey): Answer {
  return told.__typename === 'Refused' ? { problems: problemsOf(told) } : { go: paths.keys.to({}), flash };
}
