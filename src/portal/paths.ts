type Names<Pattern extends string> = Pattern extends `${string}:${infer Name}/${infer Rest}`
  ? Name | Names<`/${Rest}`>
  : Pattern extends `${string}:${infer Name}`
    ? Name
    : never;

/** One address of the portal: the pattern it is registered under, and a way to make a link to it. */
export interface Path<Pattern extends string> {
  readonly pattern: Pattern;
  /** The address with every parameter filled in, and what is in `query` that is not empty. */
  to(parameters: Readonly<Record<Names<Pattern>, string>>, query?: Query): string;
}

export type Query = Readonly<Record<string, string | null | undefined>>;

function path<Pattern extends string>(pattern: Pattern): Path<Pattern> {
  return {
    pattern,
    to: (parameters, query = {}) => withQuery(fill(pattern, parameters), query),
  };
}

/** An address with those parameters of `query` that say something. */
export function withQuery(address: string, query: Query): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '');
  return given.length === 0 ? address : `${address}?${new URLSearchParams(given).toString()}`;
}

function fill(pattern: string, parameters: Readonly<Record<string, string>>): string {
  return pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ''));
}

/** Every address of the portal. Views and pages link through these and never write an address themselves. */
export const paths = {
  signIn: path('/'),
  sessionEnded: path('/session-ended'),
  signedOut: path('/signed-out'),
  staySignedIn: path('/stay-signed-in'),
  printStyle: path('/print.css'),
  myWork: path('/my-work'),
  investigations: path('/investigations'),
  newInvestigation: path('/investigations/new'),
  overview: path('/investigations/:id'),
  purpose: path('/investigations/:id/purpose'),
  record: path('/investigations/:id/record'),
  newRecord: path('/investigations/:id/record/new'),
  editRecord: path('/investigations/:id/record/:recordId/edit'),
  newNote: path('/investigations/:id/notes/new'),
  newFinding: path('/investigations/:id/findings/new'),
  evidence: path('/investigations/:id/evidence'),
  newExhibit: path('/investigations/:id/evidence/new'),
  newBundle: path('/investigations/:id/evidence/bundle'),
  caseHolds: path('/investigations/:id/evidence/holds'),
  newThing: path('/investigations/:id/evidence/physical'),
  upload: path('/investigations/:id/evidence/uploads/:ticketId'),
  exhibit: path('/investigations/:id/evidence/:exhibitId'),
  viewExhibit: path('/investigations/:id/evidence/:exhibitId/view'),
  exhibitSharing: path('/investigations/:id/evidence/:exhibitId/sharing'),
  recordCustody: path('/investigations/:id/evidence/:exhibitId/custody'),
  keeping: path('/investigations/:id/evidence/:exhibitId/keeping'),
  reviewDisclosure: path('/investigations/:id/evidence/:exhibitId/disclosure'),
  review: path('/review'),
  offerCustody: path('/investigations/:id/evidence/:exhibitId/offer'),
  answerCustody: path('/investigations/:id/evidence/:exhibitId/answer'),
  disclosure: path('/investigations/:id/disclosure'),
  timeline: path('/investigations/:id/timeline'),
  sharing: path('/investigations/:id/sharing'),
  invite: path('/investigations/:id/sharing/invite'),
  confirmInvite: path('/investigations/:id/sharing/invite/confirm'),
  endMembership: path('/investigations/:id/members/:agencyId/end'),
  accessLog: path('/investigations/:id/access-log'),
  classifyItem: path('/investigations/:id/items/:itemId/marking'),
  itemSight: path('/investigations/:id/items/:itemId/sight'),
  itemPast: path('/investigations/:id/items/:itemId/past'),
  recall: path('/recalls/:id'),
  alerts: path('/alerts'),
  alert: path('/alerts/:id'),
  search: path('/search'),
  audit: path('/audit'),
  auditReason: path('/audit/reason'),
  auditSearches: path('/audit/searches'),
  auditItem: path('/audit/items/:id'),
  auditItemPast: path('/audit/items/:id/past'),
  auditItemProof: path('/audit/items/:id/proof'),
  auditItemSight: path('/audit/items/:id/sight'),
  auditPerson: path('/audit/people/:id'),
  auditDay: path('/audit/days/:day'),
  auditEntry: path('/audit/entries/:id'),
  ledger: path('/audit/ledger'),
  agencyLog: path('/agency-log'),
  unusualUses: path('/unusual-use'),
  unusualUse: path('/unusual-use/:id'),
  entryFile: path('/ledger/entry/:id'),
  entryProof: path('/ledger/entry/:id/proof'),
  bundle: path('/evidence/bundles/:workspaceId'),
  evidenceDocument: path('/evidence/documents/:workspaceId/:list/:form'),
  ledgerExport: path('/ledger/export'),
  keys: path('/administration/keys'),
  signInAdministration: path('/administration/sign-in'),
  signOut: path('/sign-out'),
  agencySignIn: path('/saml/:agency/login'),
  agencySignOut: path('/saml/:agency/logout'),
} as const;
