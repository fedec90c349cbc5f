import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { invitationPreviewDocument, type InvitationPreviewData } from '../documents/invitation-preview.js';
import { inviteAgencyDocument } from '../documents/invite-agency.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf } from '../page/problems.js';
import { paths } from '../paths.js';
import { date, momentOf } from '../presenters/dates.js';
import { pageMarking } from '../presenters/marking.js';
import { gatewayWords, kindWords } from '../presenters/words.js';
import { workspaceBar } from '../presenters/workspace.js';
import { loadInvite, type Agreement, type InviteLoaded } from './invite.page.js';

type Preview = NonNullable<InvitationPreviewData['invitationPreview']>;

interface Loaded extends InviteLoaded {
  readonly agency: Agreement['parties'][number];
  readonly agreement: Agreement;
  readonly clause: Agreement['clauses'][number];
  /** `YYYY-MM-DD`, or empty. */
  readonly until: string;
  readonly preview: Preview;
}

/** Second step of sharing: says who gains sight of what, under which clause, until when; and only then does it. */
@Injectable()
export class ConfirmInvitePage extends Page<Loaded> {
  readonly view = 'confirm-invite';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load(visit: Visit): Promise<Loaded | undefined> {
    const loaded = await loadInvite(this.api, visit);
    if (!loaded) return undefined;
    const { query } = visit;
    const agreement = loaded.agreements.find(({ clauses }) => clauses.some(({ id }) => id === query.text('clause')));
    const clause = agreement?.clauses.find(({ id }) => id === query.text('clause'));
    const agency = agreement?.parties.find(({ id }) => id === query.text('agency'));
    const until = query.text('until');
    if (!agreement || !clause || !agency || !/^(\d{4}-\d{2}-\d{2})?$/.test(until)) return undefined;
    const { invitationPreview } = await this.api.ask(invitationPreviewDocument, { id: loaded.head.id, agencyId: agency.id, clauseId: clause.id }, visit.context);
    return invitationPreview === null ? undefined : { ...loaded, agreement, clause, agency, until, preview: invitationPreview };
  }

  title({ agency }: Loaded): string {
    return `Share with ${agency.name}?`;
  }

  override marking({ head, preview }: Loaded): string | undefined {
    return pageMarking([head.highestMarking, ...preview.items.map(({ marking }) => marking)]);
  }

  present({ head, agency, agreement, clause, until, preview }: Loaded): object {
    const rows = [
      ['Who gains sight', `${agency.name}: everybody there who works on cases`],
      ['Of what', `Investigation ${head.reference} ${head.title}, with ${items(preview.gains)} by now, and what is added from now on unless it is kept to named agencies`],
      ['It will not see', unseenWords(preview)],
      ['Reaching up to', agreement.ceiling],
      ['Under', `${agreement.reference}, clause ${clause.code}: ${clause.purpose}`],
      ...(clause.gateway === '' ? [] : [['Legal gateway', gatewayWords(clause.gateway)] as const]),
      ['Until', until === '' ? `The agreement ends, ${date(agreement.validTo)}` : date(until)],
    ] as const;
    return {
      bar: workspaceBar(head, 'sharing'),
      agency: agency.name,
      summary: { rows: rows.map(([key, text]) => ({ key: { text: key }, value: { text } })) },
      gained: preview.items.map(({ kind, title, marking }) => ({ kind: kindWords(kind), title, marking })),
      more: preview.gains > preview.items.length ? items(preview.gains - preview.items.length) : undefined,
      back: paths.invite.to({ id: head.id }),
      cancel: paths.sharing.to({ id: head.id }),
    };
  }

  override async answer({ context }: Visit, { head, agency, clause, until }: Loaded): Promise<Answer> {
    const input = { workspaceId: head.id, agencyId: agency.id, clauseId: clause.id, until: until === '' ? null : momentOf(until, 'last') };
    const { inviteAgency } = await this.api.ask(inviteAgencyDocument, { input }, context);
    if (inviteAgency.__typename === 'Refused') return { problems: problemsOf(inviteAgency) };
    return { go: paths.sharing.to({ id: head.id }), flash: 'agency-invited' };
  }
}

function items(number: number): string {
  return `${number} item${number === 1 ? '' : 's'}`;
}

/** What of the reader's own sight stays hidden from the agency, and why. What she does not see herself is not counted. */
function unseenWords({ aboveCeiling, keptToOthers }: Preview): string {
  const parts = [
    ...(aboveCeiling === 0 ? [] : [`${items(aboveCeiling)} marked above what the agreement reaches`]),
    ...(keptToOthers === 0 ? [] : [`${items(keptToOthers)} kept to other agencies by name`]),
  ];
  return parts.length === 0 ? 'It will see all that you see' : `Of what you see: ${parts.join(', ')}`;
}
