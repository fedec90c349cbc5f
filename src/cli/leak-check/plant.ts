import type { Facts, Marking } from '../../../libs/policy/index.js';
import type { BindingAgreement } from './agreement-facts.js';
import { newWord, type Canary } from './canary.js';
import type { Agency, Viewer } from './viewer.js';

type Workspace = Canary['workspace'];
type Kind = Exclude<Canary['kind'], 'investigation'>;

/** Where canaries are planted: a case of an agency with others of an agreement in it, and one of the same agency that nobody else is in. */
interface Ground {
  readonly lead: Viewer;
  readonly members: readonly Agency[];
  readonly binding: BindingAgreement | undefined;
}

interface Audience {
  readonly words: string;
  readonly author: Viewer;
  /** Ids of agencies; null is every member. */
  readonly releasableTo: readonly string[] | null;
  readonly kinds: readonly Kind[];
}

const KINDS: readonly Kind[] = ['note', 'record', 'finding', 'exhibit'];
const REFUSED = '... on Refused { message }';
const PLANTED: Readonly<Record<Exclude<Kind, 'exhibit'>, readonly [field: string, answer: string]>> = {
  note: ['addNote', '... on Item { id }'],
  record: ['saveRecord', '... on RecordItem { id }'],
  finding: ['recordFinding', '... on FindingRecorded { item { id } }'],
};

/** Plants, by the product's own acts, what some may read and others may not. `authors` work on cases, at most one for each agency. */
export async function plantCanaries(authors: readonly Viewer[], agreements: readonly BindingAgreement[]): Promise<Canary[]> {
  const canaries: Canary[] = [];
  for (const ground of groundsFor(authors, agreements)) {
    const shared = await openCase(ground);
    canaries.push(shared, ...(await plantIn(shared, ground, audiencesOf(ground, authors))));
    const alone = { ...ground, members: [] };
    const own = await openCase(alone);
    canaries.push(own, ...(await plantIn(own, alone, [{ words: 'the lead alone', author: ground.lead, releasableTo: null, kinds: ['note'] }])));
  }
  return canaries;
}

/** For each agreement the first council of it leads; where there is none, the first council. Of the parties of its first live agreement all but one take part, so that there is always one that could and does not. */
function groundsFor(authors: readonly Viewer[], agreements: readonly BindingAgreement[]): Ground[] {
  const now = new Date();
  const councils = authors.filter(({ agency }) => agency.kind === 'council');
  const live = agreements.filter(({ agreement, clauses }) => clauses.length > 0 && agreement.status === 'live' && agreement.validFrom <= now && now < agreement.validTo);
  const led = live.flatMap((binding) => councils.filter(({ agency }) => binding.agreement.parties.includes(agency.id)).slice(0, 1).map((lead) => ({ lead, binding })));
  return (led.length > 0 ? led : councils.slice(0, 1).map((lead) => ({ lead, binding: undefined }))).map(({ lead, binding }) => {
    const partners = authors.flatMap(({ agency }) => (agency.id !== lead.agency.id && binding?.agreement.parties.includes(agency.id) ? [agency] : []));
    return { lead, members: partners.length > 1 ? partners.slice(0, -1) : partners, binding };
  });
}

function audiencesOf({ lead, members: [partner] }: Ground, authors: readonly Viewer[]): Audience[] {
  const author = authors.find(({ agency }) => agency.id === partner?.id);
  return [
    { words: 'every member', author: lead, releasableTo: null, kinds: KINDS },
    { words: `${lead.agency.name} alone`, author: lead, releasableTo: [lead.agency.id], kinds: KINDS },
    ...(partner && author
      ? [
          { words: `${lead.agency.name} and ${partner.name}`, author: lead, releasableTo: [lead.agency.id, partner.id], kinds: KINDS },
          { words: `${partner.name} alone`, author, releasableTo: [partner.id], kinds: ['note', 'record', 'exhibit'] as const },
        ]
      : []),
  ];
}

async function openCase({ lead, members, binding }: Ground): Promise<Canary> {
  const [title, content] = [newWord(), newWord()];
  const { id } = await lead.perform<{ id: Workspace['id'] }>(`mutation ($input: OpenWorkspaceInput!) { openWorkspace(input: $input) { ... on Workspace { id } ${REFUSED} } }`, 'openWorkspace', {
    title, summary: content, business: { name: content, address: content, postcode: 'AS1 1AA' }, purpose: 'Looking for leaks', marking: markingInput(null),
  });
  const memberships: Workspace['memberships'][number][] = [];
  const [clause] = binding?.clauses ?? [];
  for (const { id: agencyId } of clause && binding ? members : []) {
    await lead.perform(`mutation ($input: InviteAgencyInput!) { inviteAgency(input: $input) { ... on Member { lead } ${REFUSED} } }`, 'inviteAgency', { workspaceId: id, agencyId, clauseId: clause?.id });
    if (clause && binding) memberships.push({ agencyId, agreement: binding.agreement, clause, validFrom: new Date(0), validTo: null });
  }
  const workspace: Workspace = { id, leadAgencyId: lead.agency.id, level: LEVEL, memberships };
  return { kind: 'investigation', audience: 'every member', id, title, content, workspace, marking: undefined };
}

async function plantIn({ workspace }: Canary, { lead }: Ground, audiences: readonly Audience[]): Promise<Canary[]> {
  const canaries: Canary[] = [];
  for (const { words, author, releasableTo, kinds } of audiences) {
    for (const kind of kinds) {
      const [title, content] = [newWord(), newWord()];
      const marking: Marking = { ...LEVEL, descriptors: [], handling: [], originator: author.agency.id, releasableTo: releasableTo as Marking['releasableTo'] };
      const id = await plant(author, kind, { workspaceId: workspace.id, title, content, marking: markingInput(releasableTo) });
      canaries.push({ kind, audience: workspace.memberships.length === 0 ? `${lead.agency.name}, in a case nobody else is in` : words, id, title, content, workspace, marking });
    }
  }
  return canaries;
}

interface Planting {
  readonly workspaceId: string;
  readonly title: string;
  readonly content: string;
  readonly marking: object;
}

async function plant(author: Viewer, kind: Kind, { workspaceId, title, content, marking }: Planting): Promise<string> {
  if (kind === 'exhibit') return deposit(author, { workspaceId, title, content, marking });
  const [field, answer] = PLANTED[kind];
  const found = { inspectedOn: new Date().toISOString().slice(0, 10), hygiene: 25, structure: 20, confidence: 20, imminentRisk: true, narrative: content };
  const input = { workspaceId, title, marking, ...(kind === 'finding' ? found : { body: content }) };
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const done = await author.perform<{ id?: string; item?: { id: string } }>(`mutation ($input: ${type}!) { ${field}(input: $input) { ${answer} ${REFUSED} } }`, field, input);
  return done.item?.id ?? done.id ?? '';
}

async function deposit(author: Viewer, { workspaceId, title, content, marking }: Planting): Promise<string> {
  const body = Buffer.from(`${content}\n`);
  const { uploadPath } = await author.perform<{ uploadPath: string }>(
    `mutation ($input: RequestUploadInput!) { requestUpload(input: $input) { ... on UploadTicket { uploadPath } ${REFUSED} } }`, 'requestUpload',
    { workspaceId, title, description: content, marking, fileName: `${content}.txt`, sizeBytes: body.length });
  const headers = { 'tus-resumable': '1.0.0', 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' };
  const response = await author.fetch(uploadPath, { method: 'PATCH', headers, body });
  const id = response.headers.get('concordat-exhibit');
  if (id === null) throw new Error(`Planting an exhibit was answered with ${response.status}: ${await response.text()}`);
  return id;
}

/** OFFICIAL, which every agreement reaches: what keeps a canary from somebody is membership and whom it names. */
const LEVEL = { tier: 1, sensitive: false } as const satisfies NonNullable<Facts['workspace']>['level'];
const markingInput = (releasableTo: readonly string[] | null): object => ({ sensitive: false, descriptors: [], handling: [], releasableTo });
