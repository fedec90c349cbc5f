import { Injectable } from '@nestjs/common';
import { err, invalid, NOT_FOUND, ok, type ActorRef, type Refusal, type Result } from '../../../libs/kernel/index.js';
import { decide } from '../../../libs/policy/index.js';
import { AccessFacts } from '../../access/index.js';
import { LedgerIntake } from '../../ledger/index.js';
import { Cursors } from '../../platform/graphql/index.js';
import { UnitOfWork, type ActContext, type Work } from '../../platform/index.js';
import type { AlertConnection } from '../api/alert.views.js';
import { countOpen, listAlerts, presentAlert, type AlertPlace, type AlertRow, type AlertState } from './alert-rows.js';

/** What a reader asks for (attacker-controlled). */
export interface AlertsRequest {
  readonly state: string;
  readonly first: number;
  readonly after: string | null | undefined;
}

/** A page that may be shown, and why. */
interface Wanted {
  readonly state: AlertState;
  readonly first: number;
  readonly place: AlertPlace;
  readonly policy: string;
}

const LARGEST_PAGE = 100;
const STATES: readonly string[] = ['open', 'acknowledged', 'all'] satisfies AlertState[];

/**
 * The alerts of the reader's agency, a page at a time. Each page read is recorded with the findings it names; a page of none,
 * which is how every page of the portal counts what waits, consults nothing and would only drown what does.
 */
@Injectable()
export class AlertsOfAgency {
  constructor(
    private readonly units: UnitOfWork,
    private readonly cursors: Cursors,
    private readonly ledger: LedgerIntake,
    private readonly access: AccessFacts,
  ) {}

  /** Returns an empty page to whoever may see none, and a refusal for a state, size or cursor that makes no sense. */
  read(context: ActContext, request: AlertsRequest): Promise<Result<AlertConnection, Refusal>> {
    return this.units.run(context, async (work) => {
      const { actor } = context;
      if (!actor) return err(NOT_FOUND);
      const opened = this.open(actor, request);
      if (!opened.ok) return opened;
      const decision = decide(actor, 'alert.read', { at: work.at });
      if (decision.effect === 'permit') return ok(await this.page(work, actor, { ...opened.value, policy: decision.reasons.join(' ') }));
      await this.ledger.append(work, { verb: 'alert.read', outcome: 'refused', policy: decision.reasons.join(' ') });
      return ok({ nodes: [], openCount: 0, pageInfo: { endCursor: null, hasNextPage: false } });
    });
  }

  private open(actor: ActorRef, { state, first, after }: AlertsRequest): Result<{ state: AlertState; first: number; place: AlertPlace }, Refusal> {
    if (!STATES.includes(state)) return err(UNKNOWN_STATE);
    if (!Number.isInteger(first) || first < 0 || first > LARGEST_PAGE) return err(PAGE_SIZE);
    const position = this.cursors.open(actor, `alerts:${state}`, after);
    if (!position.ok) return position;
    const [at = null, id = null] = (position.value ?? []) as readonly string[];
    return ok({ state: state as AlertState, first, place: { after: [at, id], limit: first + 1 } });
  }

  private async page(work: Work, actor: ActorRef, { state, first, place, policy }: Wanted): Promise<AlertConnection> {
    const rows = first === 0 ? [] : await listAlerts(work, actor.agencyId, state, place);
    const shown = rows.slice(0, first);
    await this.record(work, actor, shown, policy);
    const last = shown.at(-1);
    return {
      nodes: shown.map((row) => presentAlert(row, actor, work.at)),
      openCount: await countOpen(work, actor.agencyId),
      pageInfo: {
        endCursor: last ? this.cursors.seal(actor, `alerts:${state}`, [last.place, last.id]) : null,
        hasNextPage: rows.length > first,
      },
    };
  }

  /** An empty page shows nothing that is marked. */
  private async record(work: Work, actor: ActorRef, shown: readonly AlertRow[], policy: string): Promise<void> {
    if (shown.length === 0) return;
    const cases = await this.access.answered(work, shown.map(({ itemMarking, workspaceId, workspaceReference: reference }) => ({ ...itemMarking, workspaceId, reference })));
    await this.ledger.append(work, {
      verb: 'alert.read',
      outcome: 'done',
      policy,
      subject: { kind: 'alerts', id: actor.agencyId, title: actor.agencyName },
      details: { items: [...new Set(shown.map((row) => row.findingId))], alerts: shown.map((row) => row.id), cases, count: shown.length },
    });
  }
}

const UNKNOWN_STATE = invalid([{ field: 'state', message: 'Ask for alerts that are open, acknowledged or all.' }]);
const PAGE_SIZE = invalid([{ field: 'first', message: `Ask for between 1 and ${LARGEST_PAGE} at a time, or 0 for the count alone.` }]);
