import { createHash, randomFillSync } from 'node:crypto';
import { EXAMPLE_SECRETS } from '../../src/platform/config/example-keys.js';
import { csrfToken } from '../../src/platform/http/csrf.js';
import type { Visitor } from '../builders/visitor.js';
import type { World } from '../builders/world.js';

/** An investigation of Ashworth's that Northmoor Police take part in. */
export interface Scene {
  readonly amira: Visitor;
  readonly priya: Visitor;
  readonly workspaceId: string;
  readonly policeId: string;
}

export interface Ticket {
  readonly id: string;
  readonly reference: string;
  readonly uploadPath: string;
  readonly formPath: string;
  readonly offset: number;
  readonly state: string;
  readonly exhibitId: string | null;
}

/** What `requestUpload` answered: a ticket, or why not. */
export interface Requested extends Partial<Ticket> {
  readonly code?: string;
  readonly message?: string;
  readonly faults?: readonly { readonly field: string; readonly message: string }[];
}

const MARKING = { sensitive: true, descriptors: [], handling: [] };

export async function setTheScene(world: World): Promise<Scene> {
  const [amira, priya] = [await world.signIn('amira.rahman'), await world.signIn('priya.shah')];
  const { agreements } = await amira.ask<{ agreements: { parties: { id: string; code: string }[]; clauses: { id: string; code: string }[] }[] }>(
    '{ agreements { parties { id code } clauses { id code } } }',
  );
  const policeId = agreements[0]?.parties.find(({ code }) => code === 'northmoor-police')?.id ?? '';
  const clauseId = agreements[0]?.clauses.find(({ code }) => code === '4.1')?.id ?? '';
  const { openWorkspace } = await amira.ask<{ openWorkspace: { id: string } }>(
    'mutation ($input: OpenWorkspaceInput!) { openWorkspace(input: $input) { ... on Workspace { id } ... on Refused { message } } }',
    {
      input: {
        title: 'The Copper Kettle',
        summary: 'Complaint of illness after a meal.',
        business: { name: 'The Copper Kettle', address: '1 High Street', postcode: 'AS1 1AA' },
        purpose: 'Food safety',
        marking: MARKING,
      },
    },
  );
  await invite(amira, openWorkspace.id, policeId, clauseId);
  return { amira, priya, workspaceId: openWorkspace.id, policeId };
}

export async function invite(lead: Visitor, workspaceId: string, agencyId: string, clauseId: string): Promise<void> {
  const { inviteAgency } = await lead.ask<{ inviteAgency: { message?: string } }>(
    'mutation ($input: InviteAgencyInput!) { inviteAgency(input: $input) { ... on Member { lead } ... on Refused { message } } }',
    { input: { workspaceId, agencyId, clauseId } },
  );
  if (inviteAgency.message !== undefined) throw new Error(inviteAgency.message);
}

/** Asks for leave to upload. */
export async function request(who: Visitor, workspaceId: string, more: Readonly<Record<string, unknown>> = {}): Promise<Requested> {
  const { requestUpload } = await who.ask<{ requestUpload: Requested }>(
    `mutation ($input: RequestUploadInput!) { requestUpload(input: $input) {
       ... on UploadTicket { id reference uploadPath formPath offset state exhibitId }
       ... on Refused { code message faults { field message } } } }`,
    { input: { workspaceId, title: 'Kitchen video', description: 'Taken on the day', marking: MARKING, ...more } },
  );
  return requestUpload;
}

/** A ticket that must be given. */
export async function ticketFor(who: Visitor, workspaceId: string, file: Uint8Array, more: Readonly<Record<string, unknown>> = {}): Promise<Ticket> {
  const given = await request(who, workspaceId, { fileName: 'kitchen.mp4', sizeBytes: file.length, ...more });
  if (given.id === undefined) throw new Error(`No ticket: ${given.message ?? ''}`);
  return given as Ticket;
}

/** Sends a part by tus. */
export function patch(who: Visitor, ticket: Pick<Ticket, 'uploadPath'>, offset: number, body: Uint8Array, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return who.fetch(ticket.uploadPath, {
    method: 'PATCH',
    headers: { 'tus-resumable': '1.0.0', 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream', ...headers },
    body: body as Uint8Array<ArrayBuffer>,
  });
}

/** How far the portal says an upload is. */
export async function offsetOf(who: Visitor, ticket: Pick<Ticket, 'uploadPath'>): Promise<number> {
  const response = await who.fetch(ticket.uploadPath, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } });
  if (response.status !== 200) throw new Error(`HEAD answered ${response.status}`);
  return Number(response.headers.get('upload-offset'));
}

/** Deposits a file whole and answers the exhibit's id. */
export async function deposit(who: Visitor, workspaceId: string, file: Uint8Array, more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const response = await patch(who, await ticketFor(who, workspaceId, file, more), 0, file);
  const id = response.headers.get('concordat-exhibit');
  if (response.status !== 204 || id === null) throw new Error(`The deposit answered ${response.status}: ${await response.text()}`);
  return id;
}

/** The token of a person's first session, as the portal prints it into its forms. */
export async function formToken(world: World, name: string): Promise<string> {
  const { rows } = await world.superuser.query<{ id: Parameters<typeof csrfToken>[1] }>(
    `SELECT s.id FROM session s JOIN person p ON p.id = s.person_id WHERE p.display_name = $1 AND s.ended_at IS NULL ORDER BY s.created_at LIMIT 1`,
    [name],
  );
  const [session] = rows;
  if (!session) throw new Error(`${name} has no session.`);
  return csrfToken(EXAMPLE_SECRETS.cookieSecret, session.id);
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A file that nobody has seen before. */
export function newFile(length: number): Buffer<ArrayBuffer> {
  const file = Buffer.alloc(length);
  randomFillSync(file);
  return file;
}
