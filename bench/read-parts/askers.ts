import { Agent, request } from 'node:http';
import pg from 'pg';

/** An open connection that can be asked again and again. */
export interface Asker {
  ask(): Promise<void>;
  close(): Promise<void>;
}

/** One kept-open HTTP connection that sends one GraphQL operation. `proof` must stand in every answer. */
export function graphqlAsker(baseUrl: string, cookie: string, operation: Readonly<Record<string, unknown>>, proof: string): Asker {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const body = JSON.stringify(operation);
  const headers = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), cookie };
  return {
    ask: () =>
      new Promise((resolve, reject) => {
        const sent = request(`${baseUrl}/graphql`, { method: 'POST', agent, headers }, (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            if (answer.statusCode === 200 && text.includes(proof)) resolve();
            else reject(new Error(`Answered ${answer.statusCode ?? 0}: ${text.slice(0, 300)}`));
          });
          answer.on('error', reject);
        });
        sent.on('error', reject);
        sent.end(body);
      }),
    close() {
      agent.destroy();
      return Promise.resolve();
    },
  };
}

/** What the page shows, asked for with nothing around it: no rights, no record, no GraphQL. */
const BARE_SQL = {
  workspace: 'SELECT w.*, lead.code, lead.name FROM workspace w JOIN agency lead ON lead.id = w.lead_agency_id WHERE w.id = $1',
  members: `SELECT m.*, a.code, a.name, g.reference, c.code AS clause FROM workspace_member m JOIN agency a ON a.id = m.agency_id
    LEFT JOIN agreement g ON g.id = m.agreement_id LEFT JOIN agreement_clause c ON c.id = m.clause_id WHERE m.workspace_id = $1`,
  counts: `SELECT kind, tier, sensitive, descriptors, handling, count(*) FROM item WHERE workspace_id = $1
    GROUP BY kind, tier, sensitive, descriptors, handling`,
  timeline: `SELECT i.id, i.kind, i.title, i.created_by_name, i.created_at, a.name FROM item i JOIN agency a ON a.id = i.originator_agency_id
    WHERE i.workspace_id = $1 ORDER BY i.created_at DESC, i.id DESC LIMIT 5`,
} as const;

/** One database connection that asks for the same page in bare, prepared SQL, as the owner of everything. */
export async function sqlAsker(like: pg.Client, workspaceId: string): Promise<Asker> {
  const { host, port, user, password, database } = like;
  const client = new pg.Client({ host, port, user: user ?? '', password: password ?? '', database: database ?? '' });
  await client.connect();
  return {
    async ask() {
      for (const [name, text] of Object.entries(BARE_SQL)) await client.query({ name, text, values: [workspaceId] });
    },
    close: () => client.end(),
  };
}
