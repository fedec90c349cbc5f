import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import type { WorkspaceHead } from '../documents/fragments.js';
import { timelineDocument, type TimelineData } from '../documents/timeline.js';
import { Page, type Visit } from '../page/page.js';
import { paths } from '../paths.js';
import { pageMarking } from '../presenters/marking.js';
import { pagination } from '../presenters/pagination.js';
import { timelineEvent, workspaceBar } from '../presenters/workspace.js';

interface Loaded {
  readonly head: WorkspaceHead;
  readonly timeline: TimelineData['timeline'];
}

/** What happened in an investigation, the newest first. */
@Injectable()
export class TimelinePage extends Page<Loaded> {
  readonly view = 'timeline';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, parameters, query }: Visit): Promise<Loaded | undefined> {
    const variables = { id: parameters['id'] ?? '', after: query.text('after') || null };
    const { workspace, timeline } = await this.api.ask(timelineDocument, variables, context);
    return workspace === null ? undefined : { head: workspace, timeline };
  }

  title({ head }: Loaded): string {
    return `Timeline – ${head.reference} ${head.title}`;
  }

  override marking({ head, timeline }: Loaded): string | undefined {
    return pageMarking([head.marking.text, ...timeline.nodes.map(({ marking }) => marking)]);
  }

  present({ head, timeline }: Loaded, { query }: Visit): object {
    return {
      bar: workspaceBar(head, 'timeline'),
      events: timeline.nodes.map((event) => timelineEvent(event, head.id)),
      pagination: pagination(paths.timeline.to({ id: head.id }), {}, query.text('after'), timeline.pageInfo),
    };
  }
}
