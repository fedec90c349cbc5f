import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { auditDeskDocument, type AuditDeskData } from '../documents/audit-desk.js';
import { stateAuditReasonDocument } from '../documents/state-audit-reason.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf } from '../page/problems.js';
import { paths } from '../paths.js';
import { FormView } from '../presenters/form.js';
import { reasonView, type Desk } from './auditor-page.js';

/** A page of the desk, and nothing that a browser could take for an address elsewhere. */
const ON_DESK = /^\/audit(?:[/?][^\\\s]*)?$/;

/** Where an auditor says why she looks, before the first entry or in the place of an earlier reason. */
@Injectable()
export class AuditReasonPage extends Page<Desk> {
  readonly view = 'audit-reason';
  readonly section = 'audit';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, me }: Visit): Promise<Desk | undefined> {
    if (!me.can.audit) return undefined;
    const { auditDesk }: AuditDeskData = await this.api.ask(auditDeskDocument, {}, context);
    return auditDesk ?? undefined;
  }

  title(): string {
    return 'Why you are looking';
  }

  present(desk: Desk, visit: Visit): object {
    return { reason: reasonView(desk, backIn(visit), FormView.of(visit, { reason: desk.reason ?? '' })) };
  }

  override async answer(visit: Visit): Promise<Answer> {
    const { stateAuditReason } = await this.api.ask(stateAuditReasonDocument, { reason: visit.form.text('reason') }, visit.context);
    if (stateAuditReason.__typename === 'Refused') return { problems: problemsOf(stateAuditReason) };
    return { go: backIn(visit), flash: 'reason-stated' };
  }
}

/** The page she came from (attacker-controlled): only ever one of the desk's own. */
function backIn({ form, query }: Visit): string {
  const asked = form.text('back') || query.text('back');
  return ON_DESK.test(asked) ? asked : paths.audit.to({});
}
