import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { overviewDocument, type OverviewData } from '../documents/overview.js';
import { Page, type Visit } from '../page/page.js';
import { paths } from '../paths.js';
import { dateTime } from '../presenters/dates.js';
import { groundOf } from '../presenters/marking-form.js';
import { markingView, pageMarking } from '../presenters/marking.js';
import { paragraphs, timelineEvent, workspaceBar } from '../presenters/workspace.js';

interface Loaded {
  readonly head: NonNullable<OverviewData['workspace']>;
  readonly timeline: OverviewData['timeline'];
}

/** An investigation at a glance. Counts are of what the reader may see and of nothing else. */
@Injectable()
export class OverviewPage extends Page<Loaded> {
  readonly view = 'overview';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, parameters }: Visit): Promise<Loaded | undefined> {
    const { workspace, timeline } = await this.api.ask(overviewDocument, { id: parameters['id'] ?? '' }, context);
    return workspace === null ? undefined : { head: workspace, timeline };
  }

  title({ head }: Loaded): string {
    return `${head.reference} ${head.title}`;
  }

  override marking({ head, timeline }: Loaded): string | undefined {
    return pageMarking([head.marking.text, ...timeline.nodes.map(({ marking }) => marking)]);
  }

  present({ head, timeline }: Loaded): object {
    const { id, business, counts } = head;
    const rows = [
      ['Business', business.name],
      ['Address', [...business.address.split('\n'), business.postcode].map((line) => line.trim()).filter((line) => line !== '').join(', ')],
      ['Food hygiene rating number', business.fhrsId ?? 'Not known'],
      ['Purpose', head.purpose],
      ['Marking', head.marking.text],
      ['Who may see it', markingView(head.marking).audience],
      ['Opened', `${dateTime(head.openedAt)} by ${head.openedBy}, ${head.leadAgency.name}`],
    ] as const;
    const record = paths.record.to({ id });
    return {
      bar: workspaceBar(head, 'overview'),
      canAdd: Object.values(head.can).some(Boolean),
      summary: paragraphs(head.summary),
      details: { rows: rows.map(([key, text]) => ({ key: { text: key }, value: { text, classes: 'app-break' } })) },
      counts: [
        { text: 'Records', value: counts.records, href: `${record}?kind=record` },
        { text: 'Findings', value: counts.findings, href: `${record}?kind=finding` },
        { text: 'Notes', value: counts.notes, href: `${record}?kind=note` },
        { text: 'Exhibits', value: counts.exhibits, href: paths.evidence.to({ id }) },
      ],
      members: head.members.map((member) => ({ name: member.agency.name, ground: groundOf(member) })),
      events: timeline.nodes.map((event) => timelineEvent(event, id)),
      timelineHref: paths.timeline.to({ id }),
    };
  }
}
