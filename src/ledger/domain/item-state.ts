/** One entry about an item, or about who was invited to its case, as far as the state of the item can be read from it. */
export interface StateEntry {
  readonly id: string;
  readonly at: Date;
  readonly verb: string;
  readonly person: string | null;
  readonly agency: string | null;
  readonly agencyId: string | null;
  readonly title: string | null;
  readonly marking: string | null;
  readonly owner: string | null;
  /** Null where the entry does not say; empty where nobody else could know of it. */
  readonly recipients: readonly string[] | null;
  /** Of a record, the version that was saved or read. */
  readonly version: number | null;
}

/** What an item's state is made of: what entries carry, and never content. */
export const STATE_PARTS = ['status', 'title', 'marking', 'owner', 'recipients'] as const;
export type StatePart = (typeof STATE_PARTS)[number];

/**
 * What is known of one part: by the entry that set it; by one that read it and says how it was; or that the entry which
 * must have set it does not say. With neither an entry nor a value, nothing is known.
 */
export interface KnownPart {
  readonly value: string | null;
  readonly how: 'set' | 'read' | 'unsaid' | 'unknown' | 'withheld';
  readonly entry: StateEntry | null;
}

/** An item as the entries up to a moment leave it. */
export interface ItemState {
  readonly parts: Readonly<Record<StatePart, KnownPart>>;
  /** Agencies that were invited to the case after the item was last written: whether they could see it no entry says. */
  readonly invited: readonly StateEntry[];
}

const MAKES: readonly string[] = ['note.add', 'finding.record', 'exhibit.deposit', 'exhibit.record-physical'];
/** Verbs that write an item, the first of which makes it. */
export const WRITING_VERBS: readonly string[] = [...MAKES, 'record.save', 'item.classify', 'exhibit.share', 'exhibit.recall'];
/** Verbs that read one item, and say how it was called and marked when it was read. */
export const READING_VERBS: readonly string[] = ['record.read', 'exhibit.read', 'exhibit.open', 'exhibit.review', 'exhibit.take-sealed', 'exhibit.sharing'];

const UNKNOWN: KnownPart = { value: null, how: 'unknown', entry: null };
const NOTHING: ItemState = { parts: { status: UNKNOWN, title: UNKNOWN, marking: UNKNOWN, owner: UNKNOWN, recipients: UNKNOWN }, invited: [] };

/**
 * What an item was at `moment`, from the entries there are of it, whatever their order. Of the same moment the later in the
 * list counts. An entry of later tells nothing but that the item was not made yet.
 */
export function itemStateAt(entries: readonly StateEntry[], moment: Date): ItemState {
  const inOrder = entries.toSorted((one, other) => one.at.getTime() - other.at.getTime());
  const before = inOrder.filter(({ at }) => at <= moment);
  const made = inOrder.find(isMaking);
  if (made !== undefined && made.at > moment) return { ...NOTHING, parts: { ...NOTHING.parts, status: { value: 'not-made-yet', how: 'set', entry: made } } };
  return before.reduce(after, NOTHING);
}

/** Only a first version makes a record: where the entry of that one is gone, a later one does not say whose it is. */
function isMaking({ verb, version }: StateEntry): boolean {
  return MAKES.includes(verb) || (verb === 'record.save' && version === 1);
}

function after(state: ItemState, entry: StateEntry): ItemState {
  if (WRITING_VERBS.includes(entry.verb)) return written(state, entry);
  if (READING_VERBS.includes(entry.verb)) return read(state, entry);
  return entry.verb === 'member.invite' ? { ...state, invited: [...state.invited, entry] } : state;
}

function written({ parts }: ItemState, entry: StateEntry): ItemState {
  const set = (value: string | null): KnownPart => ({ value, how: value === null ? 'unsaid' : 'set', entry });
  return {
    parts: {
      status: set(statusOf(entry)),
      title: set(entry.title),
      marking: set(entry.marking),
      // An item stays with its originator; an entry of a later writing names the agency that wrote.
      owner: isMaking(entry) ? set(entry.owner) : parts.owner,
      recipients: set(entry.recipients && entry.recipients.join(', ')),
    },
    invited: [],
  };
}

/** A reading tells what no entry that set it does; which agencies could know of the item it does not. */
function read({ parts, invited }: ItemState, entry: StateEntry): ItemState {
  const or = (known: KnownPart, value: string | null): KnownPart => (known.how === 'set' || value === null ? known : { value, how: 'read', entry });
  return {
    parts: {
      status: or(parts.status, statusOf(entry)),
      title: or(parts.title, entry.title),
      marking: or(parts.marking, entry.marking),
      owner: or(parts.owner, entry.owner),
      recipients: parts.recipients,
    },
    invited,
  };
}

function statusOf({ version }: StateEntry): string {
  return version === null ? 'kept' : `version-${version}`;
}

/** The item as its reader sees it now, and whose it is. */
export interface SeenItem {
  readonly originator: string;
  readonly title: string;
  readonly marking: string;
}

/**
 * What somebody of `agency`, who sees the item now, may know of what it was: what her own agency did or what is its own, and
 * what is still so. It may have been widened since: how another agency called and marked it before is not hers to know, and
 * to whom another agency gave it never is.
 */
export function tellableTo(agency: string, item: SeenItem, { parts, invited }: ItemState): ItemState {
  const isOwn = ({ entry }: KnownPart): boolean => entry?.agencyId === agency;
  const unless = (known: KnownPart, isTellable: boolean): KnownPart => (known.value === null || isTellable ? known : { ...known, value: null, how: 'withheld' });
  const isOriginator = item.originator === agency;
  return {
    parts: {
      status: parts.status,
      title: unless(parts.title, isOriginator || isOwn(parts.title) || parts.title.value === item.title),
      marking: unless(parts.marking, isOriginator || isOwn(parts.marking) || parts.marking.value === item.marking),
      owner: parts.owner,
      recipients: unless(parts.recipients, isOwn(parts.recipients)),
    },
    invited: invited.filter((entry) => entry.agencyId === agency),
  };
}
