import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { inviteAgencyDocument } from '../documents/invite-agency.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf } from '../page/problems.js';
import { paths } from '../paths.js';
import { date, momentOf } from '../presenters/dates.js';
import { gatewayWords } from '../presenters/words.js';
import { workspaceBar } from '../presenters/workspace.js';
import { loadInvite, type Agreement, type InviteLoaded } from './invite.page.js';

interface Loaded extends InviteLoaded {
  readonly agency: Agreement['parties'][number];
  readonly agreement: Agreement;
  readonly clause: Agreement['clauses'][number];
  /** `YYYY-MM-DD`, or empty. */
  readonly until: string;
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
    return { ...loaded, agreement, clause, agency, until };
  }

  title({ agency }: Loaded): string {
    return `Share with ${agency.name}?`;
  }

  override marking({ head }: Loaded): string {
    return head.highestMarking;
  }

  present({ head, agency, agreement, clause, until }: Loaded): object {
    const { counts } = head;
    const rows = [
      ['Who gains sight', `${agency.name}: everybody there who works on cases`],
      ['Of what', `Investigation ${head.reference} ${head.title}, with ${inWords(counts)}, except what is kept to named agencies; and what is added from now on`],
      ['Highest marking', head.highestMarking],
      ['Under', `${agreement.reference}, clause ${clause.code}: ${clause.purpose}`],
      ...(clause.gateway === '' ? [] : [['Legal gateway', gatewayWords(clause.gateway)] as const]),
      ['Until', until === '' ? `The agreement ends, ${date(agreement.validTo)}` : date(until)],
    ] as const;
    return {
      bar: workspaceBar(head, 'sharing'),
      agency: agency.name,
      summary: { rows: rows.map(([key, text]) => ({ key: { text: key }, value: { text } })) },
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

function inWords({ records, findings, notes, exhibits }: InviteLoaded['head']['counts']): string {
  const parts = [[records, 'record'], [findings, 'finding'], [notes, 'note'], [exhibits, 'exhibit']] as const;
  return parts.map(([number, word]) => `${number} ${word}${number === 1 ? '' : 's'}`).join(', ');
}
