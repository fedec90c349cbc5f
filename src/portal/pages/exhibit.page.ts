import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { exhibitDocument, type ExhibitData } from '../documents/exhibit.js';
import type { WorkspaceHead } from '../documents/fragments.js';
import { Page, type Visit } from '../page/page.js';
import { paths } from '../paths.js';
import { dateTime, isoOf } from '../presenters/dates.js';
import { markingView, pageMarking } from '../presenters/marking.js';
import { count, size } from '../presenters/sizes.js';
import { paragraphs, workspaceBar } from '../presenters/workspace.js';
import { custodyWords } from '../presenters/words.js';

type Exhibit = NonNullable<ExhibitData['exhibit']>;
interface Loaded {
  readonly head: WorkspaceHead;
  readonly exhibit: Exhibit;
}

/** One exhibit: what it is, how to open it, and its chain of custody as lines to read. */
@Injectable()
export class ExhibitPage extends Page<Loaded> {
  readonly view = 'exhibit';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, parameters }: Visit): Promise<Loaded | undefined> {
    const { id = '', exhibitId = '' } = parameters;
    const { workspace, exhibit } = await this.api.ask(exhibitDocument, { id, exhibitId }, context);
    if (workspace === null || exhibit?.workspaceId !== workspace.id) return undefined;
    return { head: workspace, exhibit };
  }

  title({ head, exhibit }: Loaded): string {
    return `${exhibit.reference} ${exhibit.title} – ${head.reference}`;
  }

  override marking({ head, exhibit }: Loaded): string | undefined {
    return pageMarking([head.marking.text, exhibit.marking.text]);
  }

  present({ head, exhibit }: Loaded, { me }: Visit): object {
    const marking = markingView(exhibit.marking);
    const rows = [
      ['File', exhibit.fileName],
      ['Kind of file', exhibit.mediaType],
      ['Size', `${size(exhibit.sizeBytes)} (${count(exhibit.sizeBytes)} bytes)`],
      ['Produced by', `${exhibit.producedBy}, ${exhibit.agency.name}`],
      ['Deposited', dateTime(exhibit.depositedAt)],
      ['Marking', marking.text],
      ['Who may see it', marking.audience],
    ] as const;
    return {
      bar: workspaceBar(head, 'evidence'),
      reference: exhibit.reference,
      title: exhibit.title,
      description: paragraphs(exhibit.description),
      details: { rows: rows.map(([key, text]) => ({ key: { text: key }, value: { text, classes: 'app-break' } })) },
      sha256: exhibit.sha256,
      contentPath: exhibit.contentPath,
      sealed: { as: exhibit.sealedPath, anew: `${exhibit.sealedPath}?form=outside` },
      // Who has it is for the agency it is from to say.
      sharing: exhibit.agency.id === me.agency.id ? paths.exhibitSharing.to({ id: head.id, exhibitId: exhibit.id }) : undefined,
      opensHere: exhibit.opensHere,
      viewPath: exhibit.preview === null || !exhibit.opensHere ? undefined : paths.viewExhibit.to({ id: head.id, exhibitId: exhibit.id }),
      past: paths.itemPast.to({ id: head.id, itemId: exhibit.id }),
      size: size(exhibit.sizeBytes),
      custody: exhibit.custody.map(custodyLine),
    };
  }
}

function custodyLine(event: Exhibit['custody'][number]): object {
  const passage = event.from !== null && event.to !== null ? `from ${event.from} to ${event.to}` : event.to === null ? '' : `to ${event.to}`;
  return {
    seq: event.seq,
    act: custodyWords(event.act),
    by: `${event.by}, ${event.agency}`,
    passage,
    reason: event.reason,
    at: dateTime(event.at),
    iso: isoOf(event.at),
    hash: event.hash,
    previous: event.previousHash,
  };
}
