import type { Client } from 'pg';
import type { OracleWorld } from './oracle.js';

/** Rows of a world, in the order in which they refer to each other. Written by a hand that no policy binds. */
export async function plantWorld(superuser: Client, world: OracleWorld): Promise<void> {
  const insert = async (table: string, rows: readonly Readonly<Record<string, unknown>>[]): Promise<void> => {
    if (rows.length === 0) return;
    const { columns, defaults } = await shapeOf(superuser, table);
    await superuser.query(`INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::public.${table}, $1::jsonb)`, [
      JSON.stringify(rows.map((row) => ({ ...defaults, ...row }))),
    ]);
  };
  const [somebody] = world.people;
  const author = somebody?.id;
  await insert('agency', world.agencies.map((id, number) => ({ id, code: `agency-${number}`, name: `Agency ${number}`, kind: 'other' })));
  await insert('person', world.people.map(({ id, agency, roles }) => ({
    id, agency_id: agency, roles, idp_entity_id: 'https://idp.example', name_id: id, display_name: `Person ${id}`, initials: 'AB', exhibit_initials: id.slice(-6),
  })));
  await insert('agreement', world.agreements.map(({ id, status, from, to, tier, sensitive }) => ({
    id, reference: id, title: 'Agreement', status, valid_from: from, valid_to: to, ceiling_tier: tier, ceiling_sensitive: sensitive,
  })));
  await insert('agreement_party', world.agreements.flatMap(({ id, parties }) => parties.map((party) => ({ agreement_id: id, agency_id: party }))));
  await insert('agreement_clause', world.agreements.map(({ id, clause }) => ({
    id: clause, agreement_id: id, code: '4.1', purpose: 'Protecting the public', gateway: 'CDA115', category: 'premises', words: 'Words.',
  })));
  await insert('workspace', world.workspaces.map(({ id, lead, tier, sensitive }) => ({
    id, reference: id, title: `Workspace ${id}`, summary: '', business: {}, lead_agency_id: lead, tier, sensitive, purpose: 'Safety',
    created_by: author, created_by_name: 'Somebody',
  })));
  await insert('workspace_member', world.memberships.map(({ workspace, agency, agreement, from, to }) => ({
    workspace_id: workspace, agency_id: agency, agreement_id: agreement, purpose: 'Protecting the public', invited_by: author,
    invited_by_name: 'Somebody', clause_id: world.agreements.find(({ id }) => id === agreement)?.clause, valid_from: from, valid_to: to,
  })));
  const marked = world.items.map((item) => ({ ...item, releasable_to: item.releasableTo, workspace_id: item.workspace, originator_agency_id: item.originator }));
  const kinds = ['note', 'record', 'finding', 'exhibit'];
  const kindOf = (number: number): string => kinds[number % kinds.length] ?? 'note';
  const ofKind = (kind: string): { item_id: string }[] => world.items.flatMap(({ id }, number) => (kindOf(number) === kind ? [{ item_id: id }] : []));
  await insert('item', marked.map((item, number) => ({
    ...item, kind: kindOf(number), title: `Item ${item.id}`, created_by: author, created_by_name: 'Somebody', words: '', updated_at: world.at, created_at: world.at,
  })));
  await insert('note', ofKind('note').map((row) => ({ ...row, body: 'Note.' })));
  await insert('record', ofKind('record').map((row) => ({ ...row, body: 'Record.' })));
  await insert('record_version', ofKind('record').map((row) => ({
    ...row, version: 1, title: 'Record', body: 'Record.', descriptors: [], handling: [], saved_by: author, saved_by_name: 'Somebody', saved_at: world.at,
    ...(({ tier, sensitive, releasableTo, originator }) => ({ tier, sensitive, releasable_to: releasableTo, saved_by_agency_id: originator }))(
      world.items.find(({ id }) => id === row.item_id) ?? missing(),
    ),
  })));
  await insert('finding', ofKind('finding').map((row) => ({
    ...row, inspected_on: world.at, hygiene: 0, structure: 0, confidence: 0, imminent_risk: false, narrative: '', rating: 5, rating_words: 'Very good', breach: false,
  })));
  await insert('exhibit', ofKind('exhibit').map((row) => ({
    ...row, reference: row.item_id, producer_id: author, producer_name: 'Somebody', file_name: 'a.txt', media_type: 'text/plain', size_bytes: 1,
    sha256: 'a'.repeat(64), blob_key: row.item_id, description: '',
  })));
  await insert('custody_event', ofKind('exhibit').map((row) => ({
    ...row, version: 1, seq: 1, act: 'deposited', at: world.at, by_id: author, by_name: 'Somebody', by_agency: 'agency-0', by_agency_name: 'Agency 0',
    sha256: 'a'.repeat(64), previous_hash: '0'.repeat(64), hash: 'b'.repeat(64),
  })));
  await insert('duty_post', world.agencies.map((agency) => ({ id: agency, agency_id: agency, name: `Post ${agency}`, email: 'post@agency.example' })));
  const event = (alert: string): string => alert.replace('-4000-', '-4001-');
  await insert('outbox', world.alerts.map(({ id }) => ({ id: event(id), type: 'workspaces.breach-raised.v1', payload: {}, correlation_id: '', created_at: world.at })));
  await insert('alert', world.alerts.map(({ id, item, agency }, number) => ({
    id, reference: `AL-0000-000${number}`, event_id: event(id), item_id: item, agency_id: agency, duty_post_id: agency, urgency: 'high', raised_at: world.at,
    workspace_id: world.items.find((one) => one.id === item)?.workspace,
  })));
  await insert('delivery', world.alerts.map(({ id }) => ({ id, alert_id: id, channel: 'portal', state: 'queued', created_at: world.at, changed_at: world.at })));
}

interface Shape {
  readonly columns: string;
  readonly defaults: Readonly<Record<string, unknown>>;
}

const shapes = new Map<string, Promise<Shape>>();

function shapeOf(superuser: Client, table: string): Promise<Shape> {
  const known = shapes.get(table) ?? readShape(superuser, table);
  shapes.set(table, known);
  return known;
}

/** What a row may say, and what the table says where the row does not (jsonb_populate_recordset would write NULL there). */
async function readShape(superuser: Client, table: string): Promise<Shape> {
  const { rows } = await superuser.query<{ name: string; value: string | null }>(
    `SELECT column_name AS name, column_default AS value FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position`,
    [table],
  );
  const values = rows.flatMap(({ name, value }) => (value === null ? [] : [`'${name}', ${value}`]));
  const { rows: made } = await superuser.query<{ defaults: Shape['defaults'] }>(`SELECT jsonb_build_object(${values.join(', ')}) AS defaults`);
  return { columns: rows.map(({ name }) => name).join(', '), defaults: made[0]?.defaults ?? {} };
}

function missing(): never {
  throw new Error('A version of a record that is not there');
}
