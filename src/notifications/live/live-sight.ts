import { Injectable } from '@nestjs/common';
import type { ActorRef } from '../../../libs/kernel/index.js';
import { decide } from '../../../libs/policy/index.js';
import { Sessions, UnitOfWork, type ActContext, type LiveSignal, type Work } from '../../platform/index.js';
import type { LiveSignalView } from '../api/alert.views.js';
import { countOpen } from '../queries/alert-rows.js';

/** What an open stream is to do about a signal. */
export type Sighting = { readonly do: 'show'; readonly signal: LiveSignalView } | { readonly do: 'ignore' } | { readonly do: 'end' };

const IGNORE: Sighting = { do: 'ignore' };
const END: Sighting = { do: 'end' };

/**
 * Decides each signal anew for each reader: whether her session still stands, and whether she may know of the thing at
 * this moment. A stream that was opened rightly an hour ago proves nothing now.
 */
@Injectable()
export class LiveSight {
  constructor(
    private readonly units: UnitOfWork,
    private readonly sessions: Sessions,
  ) {}

  /** What a reader is told when her stream opens, or when signals may have been missed. */
  opening(context: ActContext, actor: ActorRef): Promise<Sighting> {
    return this.look(context, async (work) => ({ do: 'show', signal: { kind: 'ready', openAlerts: await openAlerts(work, actor) } }));
  }

  /** What a reader is told of one signal. */
  sight(context: ActContext, actor: ActorRef, signal: LiveSignal): Promise<Sighting> {
    return this.look(context, (work) => see(work, actor, signal));
  }

  /** Ends the stream if the session no longer stands; shows nothing. */
  check(context: ActContext): Promise<Sighting> {
    return this.look(context, () => Promise.resolve(IGNORE));
  }

  private look(context: ActContext, act: (work: Work) => Promise<Sighting>): Promise<Sighting> {
    return this.units.run(context, async (work) => ((await this.sessions.stands(work)) ? act(work) : END));
  }
}

async function see(work: Work, actor: ActorRef, { kind, ids }: LiveSignal): Promise<Sighting> {
  switch (kind) {
    case 'alert':
      return seeAlert(work, actor, ids);
    case 'workspace':
      return seeWorkspace(work, actor, ids);
    case 'ledger':
      return decide(actor, 'ledger.search', { at: work.at }).effect === 'permit' ? { do: 'show', signal: { kind } } : IGNORE;
    case 'session-ended':
    case 'person-disabled':
      return IGNORE;
  }
}

async function seeAlert(work: Work, actor: ActorRef, ids: LiveSignal['ids']): Promise<Sighting> {
  if (ids['agencyId'] !== actor.agencyId) return IGNORE;
  const [alert] = await work.sql<{ workspaceId: string }>(
    `SELECT al.workspace_id AS "workspaceId" FROM alert al JOIN item i ON i.id = al.item_id WHERE al.id = $1 AND al.agency_id = $2`,
    [ids['alertId'], actor.agencyId],
  );
  if (!alert) return IGNORE;
  const signal = { kind: 'alert', alertId: ids['alertId'] ?? null, workspaceId: alert.workspaceId, openAlerts: await openAlerts(work, actor) };
  return { do: 'show', signal };
}

/** Of an item that is kept from her, a reader must not learn even that the investigation has moved. */
async function seeWorkspace(work: Work, actor: ActorRef, { workspaceId, itemId }: LiveSignal['ids']): Promise<Sighting> {
  const rows = await work.sql(
    `SELECT 1 FROM workspace w WHERE w.id = $1 AND ($2::uuid IS NULL OR EXISTS (SELECT FROM item i WHERE i.id = $2 AND i.workspace_id = w.id))`,
    [workspaceId ?? null, itemId ?? null],
  );
  if (rows.length === 0) return IGNORE;
  return { do: 'show', signal: { kind: 'workspace', workspaceId: workspaceId ?? null, openAlerts: await openAlerts(work, actor) } };
}

async function openAlerts(work: Work, actor: ActorRef): Promise<number | null> {
  return decide(actor, 'alert.read', { at: work.at }).effect === 'permit' ? countOpen(work, actor.agencyId) : null;
}
