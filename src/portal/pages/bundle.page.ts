import { Injectable } from '@nestjs/common';
import { MOST_TYPED } from '../../../libs/kernel/index.js';
import { Api } from '../api.js';
import { bundleDocument, type BundleData } from '../documents/bundle.js';
import type { WorkspaceHead } from '../documents/fragments.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import type { Problem } from '../page/problems.js';
import { paths } from '../paths.js';
import { FormView } from '../presenters/form.js';
import { malwareView } from '../presenters/malware.js';
import { pageMarking } from '../presenters/marking.js';
import { size } from '../presenters/sizes.js';
import { workspaceBar } from '../presenters/workspace.js';

interface Loaded {
  readonly head: WorkspaceHead;
  readonly exhibits: BundleData['exhibits'];
}

/** Asks what goes into a court bundle, for whom and why. What is sent is answered with the file itself. */
@Injectable()
export class BundlePage extends Page<Loaded> {
  readonly view = 'bundle';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, parameters }: Visit): Promise<Loaded | undefined> {
    const { workspace, exhibits } = await this.api.ask(bundleDocument, { id: parameters['id'] ?? '' }, context);
    return workspace === null ? undefined : { head: workspace, exhibits };
  }

  title({ head }: Loaded): string {
    return `Make a court bundle – ${head.reference}`;
  }

  override marking({ head, exhibits }: Loaded): string | undefined {
    return pageMarking([head.marking.text, ...exhibits.nodes.map(({ marking }) => marking.text)]);
  }

  present({ head, exhibits }: Loaded, visit: Visit): object {
    const form = FormView.of(visit, { scope: 'all' });
    return {
      bar: workspaceBar(head, 'evidence'),
      hasExhibits: exhibits.nodes.length > 0,
      hasThings: exhibits.nodes.some(({ sizeBytes }) => sizeBytes === null),
      hasMore: exhibits.pageInfo.hasNextPage,
      fields: {
        scope: form.choices('scope', { label: 'Which exhibits?' }, [
          { value: 'all', text: 'Every exhibit that I can see' },
          { value: 'chosen', text: 'Only those I choose below' },
        ]),
        exhibits: form.choices('exhibits', { label: 'Exhibits', classes: 'govuk-checkboxes--small' }, exhibits.nodes.map((exhibit) => ({
          value: exhibit.id,
          text: `${exhibit.reference} ${exhibit.title}`,
          hint: { text: `${exhibit.sizeBytes === null ? 'Physical' : `${exhibit.fileName ?? ''}, ${size(exhibit.sizeBytes)}`}. ${exhibit.marking.text}${warningOf(exhibit.scan)}` },
        }))),
        recipients: form.input('recipients', { label: 'Who is it for?', hint: 'For example, Ashworth Magistrates’ Court, or the solicitor for the defence.' }),
        reason: form.input('reason', { label: 'Why is it made?', hint: 'This stands in the ledger, in the custody of every exhibit and in the bundle.' }),
      },
      cancel: paths.evidence.to({ id: head.id }),
    };
  }

  /** What is not filled in is said beside its field; what is goes on to where the file is made, which asks again for itself. */
  override answer({ form }: Visit, { head }: Loaded): Promise<Answer> {
    const problems = [
      ...(['all', 'chosen'].includes(form.text('scope')) ? [] : [{ field: 'scope', message: 'Choose which exhibits go into the bundle' }]),
      ...(form.text('scope') === 'chosen' && form.list('exhibits').length === 0 ? [{ field: 'exhibits', message: 'Choose at least one exhibit' }] : []),
      ...said(form.text('recipients'), { field: 'recipients', missing: 'Enter who the bundle is for', most: MOST_TYPED.bundleFor }),
      ...said(form.text('reason'), { field: 'reason', missing: 'Enter why the bundle is made', most: MOST_TYPED.bundleReason }),
    ];
    return Promise.resolve(problems.length > 0 ? { problems } : { passOn: paths.bundle.to({ workspaceId: head.id }) });
  }
}

function said(text: string, { field, missing, most }: { readonly field: string; readonly missing: string; readonly most: number }): readonly Problem[] {
  if (text === '') return [{ field, message: missing }];
  return text.length > most ? [{ field, message: `This must be ${most} characters or fewer` }] : [];
}

/** Of an exhibit that a bundle cannot hold, or that nobody looked into. */
function warningOf(scan: BundleData['exhibits']['nodes'][number]['scan']): string {
  const tag = malwareView(scan)?.tag;
  return tag === undefined ? '' : `. ${tag.text}`;
}
