import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { inviteDocument, type InviteData } from '../documents/invite.js';
import type { Fields } from '../page/fields.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import type { Problem } from '../page/problems.js';
import { paths } from '../paths.js';
import { date, dayFrom } from '../presenters/dates.js';
import { FormView } from '../presenters/form.js';
import { listed } from '../presenters/marking.js';
import { gatewayWords } from '../presenters/words.js';
import { workspaceBar } from '../presenters/workspace.js';

export type Head = NonNullable<InviteData['workspace']>;
export type Agreement = InviteData['agreements'][number];
export interface InviteLoaded {
  readonly head: Head;
  readonly agreements: readonly Agreement[];
}

/** What the lead agency may invite into and under what, or undefined for anybody who may not invite. */
export async function loadInvite(api: Api, { context, parameters }: Visit): Promise<InviteLoaded | undefined> {
  const { workspace, agreements } = await api.ask(inviteDocument, { id: parameters['id'] ?? '' }, context);
  return workspace?.can.invite === true ? { head: workspace, agreements } : undefined;
}

/** First step of sharing: which agency, under which clause, until when. Nothing is shared yet. */
@Injectable()
export class InvitePage extends Page<InviteLoaded> {
  readonly view = 'invite';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  load(visit: Visit): Promise<InviteLoaded | undefined> {
    return loadInvite(this.api, visit);
  }

  title({ head }: InviteLoaded): string {
    return `Invite an agency – ${head.reference}`;
  }

  override marking({ head }: InviteLoaded): string {
    return head.marking.text;
  }

  present({ head, agreements }: InviteLoaded, visit: Visit): object {
    const form = FormView.of(visit, {});
    const inside = new Set(head.members.map(({ agency }) => agency.id));
    const parties = new Map(agreements.flatMap((agreement) => agreement.parties).map((party) => [party.id, party.name]));
    const candidates = [...parties].filter(([id]) => !inside.has(id) && id !== head.leadAgency.id);
    const clauses = agreements.flatMap((agreement) => agreement.clauses.map((clause) => ({ agreement, clause })));
    return {
      bar: workspaceBar(head, 'sharing'),
      hasCandidates: candidates.length > 0,
      agreements: agreements.map((agreement) => ({
        title: `${agreement.reference} ${agreement.title}`,
        words: `Between ${listed(agreement.parties.map(({ name }) => name))}. Up to ${agreement.ceiling}. In force until ${date(agreement.validTo)}.`,
      })),
      fields: {
        agency: form.choices('agencyId', { label: 'Which agency?' }, candidates.map(([value, text]) => ({ value, text }))),
        clause: form.choices('clauseId', { label: 'Under which clause?' }, clauses.map(({ agreement, clause }) => ({
          value: clause.id,
          text: `${clause.code} ${clause.purpose}`,
          hint: { text: [agreement.reference, clause.gateway === '' ? '' : `legal gateway ${gatewayWords(clause.gateway)}`, clause.words].filter((part) => part !== '').join('. ') },
        }))),
        until: form.date('until', { label: 'Until when? (optional)', hint: 'The agency loses sight of the investigation after this day. Leave empty to follow the agreement.' }),
      },
      cancel: paths.sharing.to({ id: head.id }),
    };
  }

  override answer({ form }: Visit, { head }: InviteLoaded): Promise<Answer> {
    const problems: Problem[] = [];
    if (form.text('agencyId') === '') problems.push({ field: 'agencyId', message: 'Select the agency to invite' });
    if (form.text('clauseId') === '') problems.push({ field: 'clauseId', message: 'Select the clause you share under' });
    const until = untilOf(form);
    if (until === undefined) problems.push({ field: 'until', message: 'Enter a real date, or leave it empty' });
    if (problems.length > 0) return Promise.resolve({ problems });
    const go = paths.confirmInvite.to({ id: head.id }, { agency: form.text('agencyId'), clause: form.text('clauseId'), until });
    return Promise.resolve({ go });
  }
}

/** The day as typed, empty when none was, undefined when there is no such day. */
function untilOf(form: Fields): string | undefined {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => form.text(`until.${part}`));
  if (`${day ?? ''}${month ?? ''}${year ?? ''}` === '') return '';
  return dayFrom(day ?? '', month ?? '', year ?? '');
}
