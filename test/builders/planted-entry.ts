import { randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { canonicalJson, type Json } from '../../libs/kernel/index.js';
import { entryLeafHash } from '../../src/ledger/domain/entry-body.js';
import { eventually } from '../api/alert-case.js';
import type { World } from './world.js';

/** What a planted entry says; the rest is made up. */
export interface PlantedEntry {
  readonly at: string;
  readonly verb: string;
  readonly outcome?: 'done' | 'refused';
  /** Name of a person of the borough. */
  readonly person: string;
  readonly workspaceId?: string | undefined;
  readonly reference?: string;
  readonly subject?: undefined | { readonly kind: string; readonly id: string; readonly title?: string };
  readonly details?: Json;
  readonly category?: string;
  /** Where they are others than she has. */
  readonly roles?: readonly string[];
}

/** Puts an entry into the ledger's intake at any time of day, behind the product's back. Its place is given by the sequencer. */
export async function plantEntry(superuser: pg.Client, entry: PlantedEntry): Promise<string> {
  const { rows } = await superuser.query<{ id: string; agencyId: string; agency: string; agencyName: string; roles: string[] }>(
    `SELECT p.id, a.id AS "agencyId", a.code AS agency, a.name AS "agencyName", p.roles FROM person p JOIN agency a ON a.id = p.agency_id WHERE p.display_name = $1`,
    [entry.person],
  );
  const [who] = rows;
  if (who === undefined) throw new Error(`${entry.person} has never signed in`);
  const id = randomUUID();
  const body = canonicalJson({
    v: 1, id, at: entry.at, verb: entry.verb, category: entry.category ?? 'consultation', outcome: entry.outcome ?? 'done', correlation: 'planted',
    actor: { person: who.id, name: entry.person, agency: who.agency, agencyId: who.agencyId, agencyName: who.agencyName, roles: entry.roles ?? who.roles, session: randomUUID(), idp: 'planted' },
    ...(entry.workspaceId !== undefined && { workspace: { id: entry.workspaceId, reference: entry.reference ?? 'AR-2026-0001' } }),
    ...(entry.subject !== undefined && { subject: { ...entry.subject } }),
    ...(entry.details !== undefined && { details: entry.details }),
  });
  const salt = randomBytes(16);
  await superuser.query('INSERT INTO ledger_entry (id, at, salt, body, leaf_hash) VALUES ($1, $2, $3, $4, $5)', [id, entry.at, salt, body, Buffer.from(entryLeafHash(salt, body))]);
  return id;
}

/** A read of this case in the night by somebody not on duty then, once the worker has asked for an explanation of it. Answers the id of that. */
export async function unusualUse({ superuser }: World, shared: { readonly id: string; readonly reference: string }, person: string, at = '2026-11-20T23:10:00.000Z'): Promise<string> {
  const entryId = await plantEntry(superuser, { at, person, verb: 'item.read', workspaceId: shared.id, reference: shared.reference, subject: { kind: 'workspace', id: shared.id } });
  return eventually('an explanation being asked for', async () => {
    const { rows } = await superuser.query<{ id: string }>('SELECT id FROM unusual_use WHERE entry_id = $1', [entryId]);
    return rows[0]?.id;
  });
}
