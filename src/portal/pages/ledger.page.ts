import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { checkLedgerDocument, type CheckLedgerData } from '../documents/check-ledger.js';
import { ledgerHeadDocument, type LedgerHeadData } from '../documents/ledger-head.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf } from '../page/problems.js';
import { paths } from '../paths.js';
import { dateTime } from '../presenters/dates.js';
import { count } from '../presenters/sizes.js';

type Check = Extract<CheckLedgerData['checkLedger'], { __typename: 'LedgerCheck' }>;

/** The ledger as a whole: its signed checkpoint, and a check that recomputes all of it. */
@Injectable()
export class LedgerPage extends Page<LedgerHeadData> {
  readonly view = 'ledger';
  readonly section = 'ledger';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, me }: Visit): Promise<LedgerHeadData | undefined> {
    return me.can.audit ? this.api.ask(ledgerHeadDocument, {}, context) : undefined;
  }

  title(): string {
    return 'Ledger check';
  }

  present({ ledgerHead }: LedgerHeadData): object {
    return { head: headView(ledgerHead), audit: paths.audit.to({}) };
  }

  /** The result is shown at once: it holds for this moment only and is not kept. */
  override async answer({ context }: Visit, loaded: LedgerHeadData): Promise<Answer> {
    const { checkLedger } = await this.api.ask(checkLedgerDocument, {}, context);
    if (checkLedger.__typename === 'Refused') return { problems: problemsOf(checkLedger) };
    const title = checkLedger.whole ? 'The ledger is whole' : 'The ledger is not whole';
    return { show: 'ledger', status: 200, title, model: { ...this.present(loaded), check: checkView(checkLedger) } };
  }
}

function headView(head: LedgerHeadData['ledgerHead']): object | undefined {
  if (head === null) return undefined;
  const rows = [
    ['Entries in the tree', count(head.size)],
    ['Entries waiting for their place', count(head.waiting)],
    ['Root hash', head.rootHash],
    ['Signed', dateTime(head.signedAt)],
  ] as const;
  return { rows: rows.map(([key, text]) => ({ key: { text: key }, value: { text, classes: 'app-break' } })), checkpoint: head.checkpoint };
}

function checkView({ whole, entries, checkedAt, rootHash, findings }: Check): object {
  return {
    whole,
    entries: count(entries),
    at: dateTime(checkedAt),
    rootHash,
    findings: findings.map(({ entryId, index, code, message }) => ({
      place: index === null ? '' : count(index),
      href: entryId === null ? undefined : paths.auditEntry.to({ id: entryId }),
      id: entryId,
      code,
      message,
    })),
  };
}
