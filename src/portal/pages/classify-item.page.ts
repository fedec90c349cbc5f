import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { classifyItemDocument } from '../documents/classify-item.js';
import type { WorkspaceHead } from '../documents/fragments.js';
import { itemDocument, type ItemData } from '../documents/item.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf } from '../page/problems.js';
import { FormView } from '../presenters/form.js';
import { audienceFields, markingDefaults, markingFields, markingOf, markingProblems } from '../presenters/marking-form.js';
import { markingView, pageMarking } from '../presenters/marking.js';
import { kindWords } from '../presenters/words.js';
import { classifyPathOf, placeOfItem, workspaceBar } from '../presenters/workspace.js';

interface Loaded {
  readonly head: WorkspaceHead;
  readonly item: NonNullable<ItemData['item']>;
}

/** The form that marks anew what one's own agency brought, and says who gains and who loses sight of it. */
@Injectable()
export class ClassifyItemPage extends Page<Loaded> {
  readonly view = 'classify-item';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, parameters, me }: Visit): Promise<Loaded | undefined> {
    const { workspace, item } = await this.api.ask(itemDocument, { id: parameters['id'] ?? '', itemId: parameters['itemId'] ?? '' }, context);
    if (workspace === null || item?.workspaceId !== workspace.id) return undefined;
    return classifyPathOf(item, workspace.id, me) === undefined ? undefined : { head: workspace, item };
  }

  title({ head, item }: Loaded): string {
    return `Change the marking of ${item.title} – ${head.reference}`;
  }

  override marking({ head, item }: Loaded): string | undefined {
    return pageMarking([head.marking.text, item.marking.text]);
  }

  present({ head, item }: Loaded, visit: Visit): object {
    const { marking, kind } = item;
    const form = FormView.of(visit, markingDefaults(marking, marking.releasableTo?.map(({ id }) => id) ?? null));
    const { text, audience } = markingView(marking);
    return {
      bar: workspaceBar(head, kind === 'exhibit' ? 'evidence' : 'record'),
      kind: kindWords(kind).toLowerCase(),
      title: item.title,
      now: { text, audience },
      version: visit.form.text('version') || String(item.version),
      marking: markingFields(form),
      audience: kind === 'exhibit' ? undefined : audienceFields(form, head, visit.me, kind),
      reason: form.textarea('reason', { label: 'Why is it marked anew?', hint: 'Kept in the audit log for good. Everybody who may read the entry reads this.', rows: 3 }),
      cancel: placeOfItem(head.id, item),
    };
  }

  override async answer({ context, form, me }: Visit, { head, item }: Loaded): Promise<Answer> {
    const missing = markingProblems(form, item.kind !== 'exhibit');
    if (form.prose('reason').trim() === '') missing.push({ field: 'reason', message: 'Enter why it is marked anew' });
    if (missing.length > 0) return { problems: missing };
    // A form that does not say which version was read is taken to have read none: it can only be found stale.
    const input = { id: item.id, version: Number(form.text('version')) || 0, marking: markingOf(form, me), reason: form.prose('reason') };
    const { classifyItem } = await this.api.ask(classifyItemDocument, { input }, context);
    if (classifyItem.__typename === 'Refused') return { problems: problemsOf(classifyItem) };
    return { go: placeOfItem(head.id, item), flash: 'marking-changed' };
  }
}
