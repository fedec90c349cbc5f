import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { accessLogDocument, type AccessLogData } from '../documents/access-log.js';
import type { WorkspaceHead } from '../documents/fragments.js';
import { Page, type Visit } from '../page/page.js';
import { paths } from '../paths.js';
import { entryRow } from '../presenters/ledger.js';
import { pageMarking } from '../presenters/marking.js';
import { pagination } from '../presenters/pagination.js';
import { workspaceBar } from '../presenters/workspace.js';

interface Loaded {
  readonly head: WorkspaceHead;
  readonly accessLog: AccessLogData['accessLog'];
}

/** Who read or changed what in an investigation, as far as the reader may know. */
@Injectable()
export class AccessLogPage extends Page<Loaded> {
  readonly view = 'access-log';
  readonly section = 'investigations';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, parameters, query }: Visit): Promise<Loaded | undefined> {
    const variables = { id: parameters['id'] ?? '', after: query.text('after') || null };
    const { workspace, accessLog } = await this.api.ask(accessLogDocument, variables, context);
    return workspace === null ? undefined : { head: workspace, accessLog };
  }

  title({ head }: Loaded): string {
    return `Access log – ${head.reference} ${head.title}`;
  }

  override marking({ head, accessLog }: Loaded): string | undefined {
    return pageMarking([head.marking.text, ...accessLog.nodes.map(({ subjectMarking }) => subjectMarking)]);
  }

  present({ head, accessLog }: Loaded, { query, me }: Visit): object {
    return {
      bar: workspaceBar(head, 'access-log'),
      rows: accessLog.nodes.map((entry) => entryRow(entry, me.can.audit)),
      isLead: head.leadAgency.id === me.agency.id,
      pagination: pagination(paths.accessLog.to({ id: head.id }), {}, query.text('after'), accessLog.pageInfo),
    };
  }
}
