import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import type { RunningPortal } from '../alert-parts/running-portal.js';

const MIB = 1024 * 1024;
const block = randomBytes(MIB);

/** Deposits a file of `mib` MiB over HTTP and answers the exhibit's id. */
export async function deposit({ baseUrl, cookie }: RunningPortal, workspaceId: string, mib: number): Promise<string> {
  const query = `mutation ($input: RequestUploadInput!) { requestUpload(input: $input) { ... on UploadTicket { uploadPath } ... on Refused { message } } }`;
  const marking = { sensitive: true, descriptors: [], handling: [] };
  const input = { workspaceId, title: 'Bench', description: '', fileName: 'bench.bin', sizeBytes: mib * MIB, marking };
  const answer = await fetch(`${baseUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const text = await answer.text();
  const path = (JSON.parse(text) as { data?: { requestUpload?: { uploadPath?: string } } }).data?.requestUpload?.uploadPath;
  if (path === undefined) throw new Error(`No ticket: ${text}`);
  const { headers } = await send(new URL(path, baseUrl), { cookie, 'tus-resumable': '1.0.0', 'upload-offset': '0' }, mib);
  return String(headers['concordat-exhibit']);
}

/** Sends `mib` MiB from one block, as fast as they are taken. */
export async function send(url: URL, headers: Readonly<Record<string, string>>, mib: number): Promise<IncomingMessage> {
  const sent = request(url, { method: 'PATCH', headers: { ...headers, 'content-type': 'application/offset+octet-stream', 'content-length': mib * MIB } });
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  answered.catch(() => undefined);
  for (let at = 0; at < mib; at += 1) if (!sent.write(block)) await once(sent, 'drain');
  sent.end();
  const [response] = await answered;
  response.resume();
  if (response.statusCode !== 204) throw new Error(`${url.pathname} answered ${response.statusCode ?? 0}.`);
  return response;
}
