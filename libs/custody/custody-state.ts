import { CustodyAct, type CustodyEvent } from './custody-event.js';

/** A file that lies sealed in the store, or a thing on a shelf. */
export type ExhibitForm = 'file' | 'physical';

/** Who has an exhibit. */
export interface Holder {
  readonly id: string;
  readonly name: string;
  readonly agency: string;
  readonly agencyName: string;
}

/** An offer that nobody has answered. It stands until it is accepted, declined or withdrawn; none lapses unseen. */
export interface StandingOffer {
  /** Number of the event that made it. */
  readonly seq: number;
  readonly at: Date;
  readonly by: Holder;
  readonly toAgency: string;
  readonly to: string;
}

/** Where a chain leaves its exhibit. */
export interface CustodyState {
  readonly form: ExhibitForm;
  /** Undefined: nobody yet, or it was given back to somebody outside. */
  readonly holder: Holder | undefined;
  /** The seal it bears, as last said; of a file always undefined. */
  readonly seal: string | undefined;
  readonly location: string | undefined;
  readonly offer: StandingOffer | undefined;
  readonly disposed: boolean;
}

/** What a chain says of its exhibit now: the holder follows from accepted transfers, and from nothing that was only offered. */
export function custodyState(form: ExhibitForm, events: readonly CustodyEvent[]): CustodyState {
  const start: CustodyState = { form, holder: undefined, seal: undefined, location: undefined, offer: undefined, disposed: false };
  return events.reduce(after, start);
}

function after(state: CustodyState, event: CustodyEvent): CustodyState {
  const placed = event.location === undefined ? state : { ...state, location: event.location };
  const by: Holder = { id: event.by.id, name: event.by.name, agency: event.by.agency, agencyName: event.by.agencyName };
  switch (event.act) {
    case CustodyAct.Deposited:
    case CustodyAct.Seized:
    case CustodyAct.Received:
      return { ...placed, holder: by, seal: event.sealAfter ?? event.sealBefore };
    case CustodyAct.Sealed:
      return { ...placed, seal: event.sealAfter };
    case CustodyAct.Opened:
      return state.form === 'physical' ? { ...placed, seal: undefined } : placed;
    case CustodyAct.Examined:
      return event.sealBefore === undefined ? placed : { ...placed, seal: event.sealBefore };
    case CustodyAct.Offered:
      return { ...placed, offer: { seq: event.seq, at: event.at, by, toAgency: event.toAgency ?? '', to: event.to ?? '' } };
    case CustodyAct.Accepted:
      return { ...placed, offer: undefined, holder: by, seal: event.sealBefore ?? state.seal };
    case CustodyAct.Declined:
    case CustodyAct.Withdrawn:
      return { ...placed, offer: undefined };
    case CustodyAct.Returned:
      return { ...placed, holder: undefined, location: undefined };
    case CustodyAct.Disposed:
      return { ...placed, holder: undefined, offer: undefined, location: undefined, disposed: true };
    case CustodyAct.Shared:
    case CustodyAct.Recalled:
    case CustodyAct.Viewed:
    case CustodyAct.Copied:
    case CustodyAct.Divided:
      return placed;
  }
}
