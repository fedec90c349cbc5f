import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { auditDeskDocument, type AuditDeskData } from '../documents/audit-desk.js';
import { Fields } from '../page/fields.js';
import { paths, withQuery } from '../paths.js';
import { FormView } from '../presenters/form.js';
import { Page, type Section, type Visit } from '../page/page.js';

export type Desk = NonNullable<AuditDeskData['auditDesk']>;

/** An auditor's desk with what it shows; nothing until she has said why she looks. */
export interface OnDesk<Shown> {
  readonly desk: Desk;
  readonly shown: Shown | undefined;
}

/**
 * A page that shows entries of the ledger to an auditor. Before she has stated a reason in this session it asks for one and
 * reads nothing; after that the reason stands on the page, because it is recorded with everything the page reads.
 */
@Injectable()
export abstract class AuditorPage<Shown> extends Page<OnDesk<Shown>> {
  readonly section: Section = 'audit';

  constructor(protected readonly api: Api) {
    super();
  }

  /** What the page shows once a reason is stated; undefined where there is nothing. */
  protected abstract read(visit: Visit, desk: Desk): Promise<Shown | undefined>;
  protected abstract titleOf(shown: Shown): string;
  protected abstract show(shown: Shown, visit: Visit, desk: Desk): object;
  protected markingOf?(shown: Shown): string | undefined;

  async load(visit: Visit): Promise<OnDesk<Shown> | undefined> {
    const desk = await this.desk(visit);
    if (desk === undefined) return undefined;
    if (desk.reason === null) return { desk, shown: undefined };
    const shown = await this.read(visit, desk);
    return shown === undefined ? undefined : { desk, shown };
  }

  title({ shown }: OnDesk<Shown>): string {
    return shown === undefined ? 'Why you are looking' : this.titleOf(shown);
  }

  override marking({ shown }: OnDesk<Shown>): string | undefined {
    return shown === undefined ? undefined : this.markingOf?.(shown);
  }

  present({ desk, shown }: OnDesk<Shown>, visit: Visit): object {
    const back = withQuery(this.address(visit), Object.fromEntries(visit.query.all()));
    return {
      reason: reasonView(desk, back, new FormView(new Fields(), [])),
      shows: shown !== undefined,
      ...(shown === undefined ? {} : this.show(shown, visit, desk)),
    };
  }

  /** Undefined for whoever has none. */
  protected async desk({ me, context }: Visit): Promise<Desk | undefined> {
    if (!me.can.audit) return undefined;
    const { auditDesk } = await this.api.ask(auditDeskDocument, {}, context);
    return auditDesk ?? undefined;
  }

  /** Where this page stands, without its query: the way back to it once a reason is stated. */
  protected abstract address(visit: Visit): string;
}

/** The reason that is stated with a link to change it, and the form that states one. */
export function reasonView({ reason }: Desk, back: string, form: FormView): object {
  return {
    stated: reason,
    back,
    action: paths.auditReason.to({}),
    change: paths.auditReason.to({}, { back }),
    field: form.input('reason', { label: 'Reason', hint: 'For example the reference of a complaint, or “Monthly check of reads by partners”.' }),
  };
}
