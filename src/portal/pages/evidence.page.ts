import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { evidenceDocument, type EvidenceData } from '../documents/evidence.js';
import type { WorkspaceHead } from '../documents/fragments.js';
import { Page, type Visit } from '../page/page.js';
import { paths } from '../paths.js';
import { dateTime, isoOf } from '../presenters/dates.js';
import { documentLinks } from '../presenters/disclosure.js';
import { malwareView } from '../presenters/malware.js';
import { markingView, pageMarking } from '../presenters/marking.js';
import { pagination } from '../presenters/pagination.js';
import { count, size } from '../presenters/sizes.js';
import { workspaceBar } from '../presenters/workspace.js';

interface Loaded {
  readonly head: WorkspaceHead;
  readonly exhibits: EvidenceData['exhibits'];
}

/** The exhibits of an investigation. */
@Injectable()
export class EvidencePage extends Page<Loaded> {
  readonly view = 'evidence';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, parameters, query }: Visit): Promise<Loaded | undefined> {
    const variables = { id: parameters['id'] ?? '', after: query.text('after') || null };
    const { workspace, exhibits } = await this.api.ask(evidenceDocument, variables, context);
    return workspace === null ? undefined : { head: workspace, exhibits };
  }

  title({ head }: Loaded): string {
    return `Evidence – ${head.reference} ${head.title}`;
  }

  override marking({ head, exhibits }: Loaded): string | undefined {
    return pageMarking([head.marking.text, ...exhibits.nodes.map(({ marking }) => marking.text)]);
  }

  present({ head, exhibits }: Loaded, { query }: Visit): object {
    const { id } = head;
    return {
      bar: workspaceBar(head, 'evidence'),
      bundle: paths.newBundle.to({ id }),
      rows: exhibits.nodes.map((exhibit) => ({
        href: paths.exhibit.to({ id, exhibitId: exhibit.id }),
        reference: exhibit.reference,
        title: exhibit.title,
        file: fileOf(exhibit),
        malware: malwareView(exhibit.scan)?.tag,
        holder: exhibit.holder === null ? 'Nobody in this investigation' : `${exhibit.holder.name}, ${exhibit.holder.agency}`,
        producer: `${exhibit.producedBy}, ${exhibit.agency.name}`,
        deposited: dateTime(exhibit.depositedAt),
        iso: isoOf(exhibit.depositedAt),
        marking: markingView(exhibit.marking),
      })),
      room: exhibits.room && roomWords(exhibits.room),
      review: paths.review.to({}),
      disclosure: paths.disclosure.to({ id }),
      holds: paths.caseHolds.to({ id }),
      documents: documentLinks(id, 'exhibits'),
      pagination: pagination(paths.evidence.to({ id }), {}, query.text('after'), exhibits.pageInfo),
    };
  }
}

function roomWords({ files, bytes, mostFiles, mostBytes }: NonNullable<EvidenceData['exhibits']['room']>): string {
  return `Your agency keeps ${size(bytes)} here, of the ${size(mostBytes)} it may, in ${count(files)} of ${count(mostFiles)} files. Uploads under way count.`;
}

function fileOf({ fileName, sizeBytes, seal }: EvidenceData['exhibits']['nodes'][number]): string {
  if (fileName !== null && sizeBytes !== null) return `${fileName}, ${size(sizeBytes)}`;
  return seal === null ? 'Physical, not sealed' : `Physical, seal ${seal}`;
}
