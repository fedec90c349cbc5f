type Words = Readonly<Record<string, string>>;

function wordsOf(words: Words, code: string): string {
  return Object.hasOwn(words, code) ? (words[code] ?? code) : sentence(code);
}

/** A code as a sentence: `handed-over` becomes `Handed over`. */
function sentence(code: string): string {
  const text = code.replaceAll(/[-_.]/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const KINDS: Words = { note: 'Note', record: 'Record', finding: 'Inspection finding', exhibit: 'Exhibit', workspace: 'Investigation' };
const VERBS: Words = {
  'session.sign-in': 'Signed in',
  'session.sign-out': 'Signed out',
  'session.end': 'Ended a session',
  'workspace.list': 'Listed investigations',
  'workspace.open': 'Opened an investigation',
  'workspace.read': 'Read the investigation',
  'purpose.state': 'Stated what the investigation is read for',
  'workspace.search': 'Searched',
  'member.invite': 'Invited an agency',
  'member.end': 'Ended an agency’s part in the investigation',
  'item.read': 'Read items',
  'item.explain': 'Asked why an item can be seen',
  'item.audience': 'Asked who can see an item',
  'item.classify': 'Changed a marking',
  'note.add': 'Added a note',
  'record.save': 'Saved the record',
  'record.read': 'Read the record',
  'finding.record': 'Recorded an inspection finding',
  'exhibit.request-upload': 'Asked to deposit an exhibit',
  'exhibit.deposit': 'Deposited an exhibit',
  'exhibit.record-physical': 'Recorded a physical exhibit',
  'hold.list': 'Listed holds on evidence',
  'hold.place': 'Placed a hold on evidence',
  'hold.lift': 'Lifted a hold on evidence',
  'disposal.propose': 'Proposed the disposal of an exhibit',
  'disposal.decide': 'Decided on the disposal of an exhibit',
  'retention.set': 'Put an exhibit into a retention group',
  'retention.list': 'Listed exhibits due for review',
  'disclosure.read': 'Read the disclosure schedule',
  'disclosure.review': 'Reviewed an exhibit for disclosure',
  'disclosure.sign': 'Signed off the disclosure schedule',
  'document.take': 'Took a list of evidence as a document',
  'offer.list': 'Listed offers of exhibits',
  'custody.record': 'Recorded an act of custody',
  'custody.offer': 'Offered an exhibit to an agency',
  'custody.answer': 'Answered an offer of an exhibit',
  'exhibit.read': 'Read the details of exhibits',
  'exhibit.open': 'Opened an exhibit',
  'exhibit.take-sealed': 'Took a sealed copy of an exhibit',
  'exhibit.sharing': 'Looked at who has an exhibit',
  'exhibit.share': 'Shared an exhibit',
  'exhibit.recall': 'Recalled an exhibit',
  'recall.list': 'Listed recalls',
  'recall.answer': 'Answered a recall',
  'exhibit.scan': 'Scanned an exhibit for malware',
  'exhibit.review': 'Opened an exhibit that is kept sealed, to review it',
  'exhibit.scrub': 'Read a stored exhibit again',
  'exhibit.prove': 'Asked for an exhibit to be read again',
  'proof.follow': 'Followed the reading of an exhibit',
  'bundle.make': 'Made a court bundle',
  'bundle.end': 'Ended the making of a court bundle',
  'alert.raise': 'Raised an alert',
  'alert.send': 'Sent an alert',
  'alert.read': 'Read alerts',
  'alert.acknowledge': 'Acknowledged an alert',
  'access-log.read': 'Read the access log',
  'agency-log.read': 'Read the agency log',
  'ledger.search': 'Searched the ledger',
  'ledger.read': 'Read a ledger entry',
  'ledger.state-reason': 'Stated why the ledger is looked at',
  'ledger.save-search': 'Saved a search of the ledger',
  'ledger.drop-search': 'Deleted a saved search',
  'ledger.export': 'Exported entries of the ledger',
  'ledger.end-export': 'Ended an export of the ledger',
  'ledger.check': 'Checked the ledger',
  'ledger.erase': 'Erased an entry of the ledger',
  'ledger.retire': 'Retired old months of the ledger',
  'ledger.prove': 'Held the ledger against an earlier checkpoint',
  'unusual-use.raise': 'Asked for an explanation of a read',
  'unusual-use.list': 'Listed unusual use',
  'unusual-use.read': 'Read about an unusual use',
  'unusual-use.assign': 'Asked somebody to explain a read',
  'unusual-use.answer': 'Explained a read',
  'unusual-use.close': 'Closed an unusual use',
  'agreement.list': 'Listed agreements',
  'agreement.sign': 'Signed an agreement',
  'agreement.end': 'Ended an agreement',
  'duty-post.open': 'Opened a duty post',
  'duty-post.close': 'Closed a duty post',
  'agency.import': 'Imported an agency',
  'idp.import': 'Imported an identity provider',
  'idp.read': 'Looked at identity providers',
  'person.disable': 'Disabled a person',
  'key.list': 'Listed keys',
  'key.propose': 'Proposed a change of keys',
  'key.approve': 'Approved a change of keys',
  'key.withdraw': 'Withdrew a change of keys',
  'key.rewrap': 'Gave exhibits to an agency\'s new key',
};
const ROLES: Words = { 'environmental-health-officer': 'Environmental health officer', 'trading-standards-officer': 'Trading standards officer' };
const CUSTODY: Words = {
  received: 'Received from somebody', sealed: 'Sealed', opened: 'Opened, its seal broken', examined: 'Examined', copied: 'Copied',
  returned: 'Returned, or handed to somebody outside this portal',
};
const RELATIONS: Words = { 'working-copy': 'Working copy', redacted: 'Redacted version', photograph: 'Photograph', 'taken-out': 'Item taken out' };
const DELIVERIES: Words = { queued: 'Waiting to be sent', 'handed-over': 'Handed to the mail server', accepted: 'Accepted by the receiver', failed: 'Failed' };
const GATEWAYS: Words = {
  CDA115: 'Crime and Disorder Act 1998, section 115',
  COPI: 'Health Service (Control of Patient Information) Regulations 2002',
};
const URGENCIES: Words = { critical: 'Critical', high: 'High', normal: 'Normal' };
const URGENCY_COLOURS: Words = { critical: 'red', high: 'orange', normal: 'blue' };

export const kindWords = (code: string): string => wordsOf(KINDS, code);
export const verbWords = (code: string): string => wordsOf(VERBS, code);
export const roleWords = (code: string): string => wordsOf(ROLES, code);
/** An act of custody as a choice. What was done is told by `custodyLines`. */
export const custodyWords = (code: string): string => wordsOf(CUSTODY, code);
export const relationWords = (code: string): string => wordsOf(RELATIONS, code);
export const deliveryWords = (channel: string, code: string): string =>
  channel === 'portal' && code === 'handed-over' ? 'On the pages of your agency’s people' : wordsOf(DELIVERIES, code);
export const channelWords = (code: string): string => wordsOf({ email: 'E-mail', portal: 'This portal' }, code);
export const codeWords = sentence;

/** The law a clause rests on, with its code. */
export function gatewayWords(code: string): string {
  return Object.hasOwn(GATEWAYS, code) ? `${GATEWAYS[code] ?? ''} (${code})` : code;
}

/** What the ledger can be filtered by. */
export const VERB_CHOICES = Object.entries(VERBS).map(([value, text]) => ({ value, text }));

/** Arguments of a tag for an urgency. */
export function urgencyTag(code: string): { text: string; classes: string } {
  return { text: wordsOf(URGENCIES, code), classes: `govuk-tag--${URGENCY_COLOURS[code] ?? 'grey'}` };
}

/** Arguments of a tag for the state of an investigation. */
export function statusTag(status: string): { text: string; classes: string } {
  return { text: sentence(status), classes: status === 'open' ? 'govuk-tag--green' : 'govuk-tag--grey' };
}
