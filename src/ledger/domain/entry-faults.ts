import { canonicalJson, type Json } from '../../../libs/kernel/index.js';

/** The stored columns of an entry, as a superuser could have left them. */
export interface EntryColumns {
  readonly id: string;
  readonly body: string | null;
  readonly leaf_hash: Buffer;
  readonly at: Date;
  readonly verb: string;
  readonly category: string;
  readonly outcome: string;
  readonly person_id: string | null;
  readonly person_name: string | null;
  readonly agency_id: string | null;
  readonly agency_code: string | null;
  readonly workspace_id: string | null;
  readonly workspace_reference: string | null;
  readonly subject_id: string | null;
  readonly subject_title: string | null;
  readonly correlation: string | null;
  readonly item_ids: unknown;
  readonly cases: unknown;
  readonly clause: string | null;
  readonly purpose: string | null;
}

/**
 * What is wrong with an entry besides its hash. Whoever owns the database can switch off the trigger that fills the columns
 * and write in them what the body does not say, so that a search no longer finds an act: the check compares them.
 */
export function faultsOfEntry(row: EntryColumns, leafHash: Buffer): readonly string[] {
  const body = parseObject(row.body ?? '');
  if (body === undefined) return ['The body is not one JSON object.'];
  const faults: string[] = [];
  if (canonicalJson(body) !== row.body) faults.push('The body is not in its one canonical spelling.');
  if (body['id'] !== row.id) faults.push(`The body is that of another entry (${canonicalJson(body['id'] ?? null)}).`);
  if (!row.leaf_hash.equals(leafHash)) faults.push('The leaf hash filed with the entry is not the one in the tree.');
  const differing = differingColumns(row, body);
  if (differing.length > 0) faults.push(`It can be searched by what its body does not say: ${differing.join(', ')}.`);
  return faults;
}

type JsonObject = Readonly<Record<string, Json | undefined>>;

function differingColumns(row: EntryColumns, body: JsonObject): readonly string[] {
  const [actor, workspace, subject] = [part(body, 'actor'), part(body, 'workspace'), part(body, 'subject')];
  const said: Readonly<Record<string, Json | undefined>> = {
    at: body['at'],
    verb: body['verb'],
    category: body['category'],
    outcome: body['outcome'],
    person_id: actor['person'],
    person_name: actor['name'],
    agency_id: actor['agencyId'],
    agency_code: actor['agency'] ?? body['agencyCode'],
    workspace_id: workspace['id'],
    workspace_reference: workspace['reference'],
    subject_id: subject['id'],
    subject_title: subject['title'],
    correlation: body['correlation'],
    item_ids: part(body, 'details')['items'],
    cases: part(body, 'details')['cases'],
    clause: body['clause'],
    purpose: body['purpose'],
  };
  const held: Readonly<Record<string, Json | undefined>> = { ...row, at: row.at.toISOString() } as never;
  return Object.keys(said).filter((column) => canonicalJson(said[column] ?? null) !== canonicalJson(held[column] ?? null));
}

function part(body: JsonObject, name: string): JsonObject {
  const value = body[name];
  return isObject(value) ? value : {};
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
