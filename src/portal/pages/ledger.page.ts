import { Injectable } from '@nestjs/common';
import { Api } from '../api.js';
import { checkLedgerDocument, type CheckLedgerData } from '../documents/check-ledger.js';
import { ledgerHeadDocument, type LedgerHeadData } from '../documents/ledger-head.js';
import { ledgerTimestampingDocument, type LedgerTimestampingData } from '../documents/ledger-timestamping.js';
import { proveLedgerDocument, type ProveLedgerData } from '../documents/prove-ledger.js';
import { Page, type Answer, type Visit } from '../page/page.js';
import { problemsOf } from '../page/problems.js';
import { paths } from '../paths.js';
import { dateTime } from '../presenters/dates.js';
import { FormView } from '../presenters/form.js';
import { count } from '../presenters/sizes.js';
import { timestampView } from '../presenters/timestamping.js';

type Check = Extract<CheckLedgerData['checkLedger'], { __typename: 'LedgerCheck' }>;
type Continuity = Extract<ProveLedgerData['proveLedger'], { __typename: 'LedgerContinuity' }>;

type Loaded = LedgerHeadData & LedgerTimestampingData;

/** What the form of the proof sends beside the check's, which sends nothing. */
const PROVE = 'prove';

/**
 * The ledger as a whole: its signed checkpoint, a check that recomputes all of it, and the proof that it still contains
 * what an earlier checkpoint was signed for.
 */
@Injectable()
export class LedgerPage extends Page<Loaded> {
  readonly view = 'ledger';
  readonly section = 'ledger';

  constructor(private readonly api: Api) {
    super();
  }

  async load({ context, me }: Visit): Promise<Loaded | undefined> {
    if (!me.can.audit) return undefined;
    const [head, timestamping] = await Promise.all([this.api.ask(ledgerHeadDocument, {}, context), this.api.ask(ledgerTimestampingDocument, {}, context)]);
    return { ...head, ...timestamping };
  }

  title(): string {
    return 'Ledger check';
  }

  present({ ledgerHead, ledgerTimestamping }: Loaded, visit: Visit): object {
    const timestamps = ledgerTimestamping === null ? undefined : timestampView(ledgerTimestamping);
    return { head: headView(ledgerHead), timestamps, audit: paths.audit.to({}), prove: PROVE, fields: fieldsOf(ledgerHead, visit) };
  }

  /** The result is shown at once: it holds for this moment only and is not kept. */
  override answer(visit: Visit, loaded: Loaded): Promise<Answer> {
    return visit.form.text('act') === PROVE ? this.prove(visit, loaded) : this.check(visit, loaded);
  }

  private async prove(visit: Visit, loaded: Loaded): Promise<Answer> {
    const from = visit.form.prose('from');
    const { proveLedger } = await this.api.ask(proveLedgerDocument, { from: from.trim() === '' ? visit.form.text('kept') : from }, visit.context);
    if (proveLedger.__typename === 'Refused') return { problems: problemsOf(proveLedger) };
    const title = proveLedger.holds ? 'The ledger continues the earlier one' : 'The ledger does not continue the earlier one';
    return { show: 'ledger', status: 200, title, model: { ...this.present(loaded, visit), proved: continuityView(proveLedger) } };
  }

  private async check(visit: Visit, loaded: Loaded): Promise<Answer> {
    const { context } = visit;
    const { checkLedger } = await this.api.ask(checkLedgerDocument, {}, context);
    if (checkLedger.__typename === 'Refused') return { problems: problemsOf(checkLedger) };
    const title = checkLedger.whole ? 'The ledger is whole' : 'The ledger is not whole';
    return { show: 'ledger', status: 200, title, model: { ...this.present(loaded, visit), check: checkView(checkLedger) } };
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

function fieldsOf(head: LedgerHeadData['ledgerHead'], visit: Visit): object {
  const form = FormView.of(visit);
  const kept = (head?.kept ?? []).map(({ size, signedAt }) => ({ value: String(size), text: `${count(size)} entries, ${dateTime(signedAt)}` }));
  return {
    from: form.textarea('from', {
      label: 'A checkpoint you kept',
      hint: 'Paste all of it, with its signature. One kept outside this portal proves most: nobody here could change it.',
      rows: 7,
    }),
    kept: form.select('kept', { label: 'Or one the ledger keeps' }, [{ value: '', text: 'Choose one' }, ...kept]),
  };
}

function continuityView({ holds, message, checkpoint, proof }: Continuity): object {
  // A link that carries the file itself: what is kept is the very proof that is shown, and nothing is asked again for it.
  return { holds, message, checkpoint, proof, href: `data:text/plain;charset=utf-8;base64,${Buffer.from(proof).toString('base64')}` };
}
