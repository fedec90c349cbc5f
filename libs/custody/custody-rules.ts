import { CustodyAct, type CustodyDraft } from './custody-event.js';
import type { CustodyState } from './custody-state.js';

/** Why an act may not follow a chain as it is: which of the act's particulars is to blame, if one is, and what to do. */
export interface Objection {
  readonly field: 'act' | 'to' | 'from' | 'reason' | 'sealBefore' | 'sealAfter' | 'happenedAt' | '';
  readonly message: string;
}

/** An act that somebody says was done. */
export type SaidAct = Omit<CustodyDraft, 'exhibit' | 'signer' | 'about'>;
type Rule = (state: CustodyState, said: SaidAct) => Objection | undefined;

/**
 * Whether `said` may follow: nobody accepts what was not offered to her agency, nobody offers what her agency does not hold, a sealed
 * thing is opened only with its seal said, and nothing follows the disposal. Pure; who may see the exhibit at all is not asked here.
 */
export function objectionTo(state: CustodyState, said: SaidAct): Objection | undefined {
  if (state.disposed) return { field: '', message: 'This exhibit was disposed of. Nothing more can be done with it.' };
  if (said.happenedAt !== undefined && said.happenedAt > said.at) return { field: 'happenedAt', message: 'The time is in the future. Say when it happened.' };
  return RULES[said.act](state, said);
}

/** The acts that somebody of `agency` may record of an exhibit in this state, whatever else she must say of them. */
export function recordableActs(state: CustodyState, agency: string): readonly CustodyAct[] {
  if (state.disposed) return [];
  return BY_HAND.filter((act) => MAY[act](state, agency));
}

/** What people record themselves. All else is recorded by what the portal does. */
const BY_HAND = [CustodyAct.Received, CustodyAct.Sealed, CustodyAct.Opened, CustodyAct.Examined, CustodyAct.Copied, CustodyAct.Returned] as const;

const isHeldBy = ({ holder, offer }: CustodyState, agency: string): boolean => holder?.agency === agency && offer === undefined;

const MAY: Readonly<Record<(typeof BY_HAND)[number], (state: CustodyState, agency: string) => boolean>> = {
  [CustodyAct.Received]: ({ form, holder }) => form === 'physical' && holder === undefined,
  [CustodyAct.Sealed]: (state, agency) => state.form === 'physical' && isHeldBy(state, agency) && state.seal === undefined,
  [CustodyAct.Opened]: (state, agency) => state.form === 'physical' && isHeldBy(state, agency) && state.seal !== undefined,
  [CustodyAct.Examined]: (state, agency) => state.form === 'file' || isHeldBy(state, agency),
  [CustodyAct.Copied]: (state, agency) => state.form === 'file' || isHeldBy(state, agency),
  [CustodyAct.Returned]: (state, agency) => state.form === 'physical' && isHeldBy(state, agency),
};

const nothing: Rule = () => undefined;

/** Somebody of the agency that holds it, and not while it is on offer: what is offered stays as it was offered. */
const byHolder =
  (then: Rule): Rule =>
  (state, said) => {
    const { holder, offer } = state;
    if (holder === undefined) return { field: 'act', message: 'Nobody in this investigation holds it. Record who received it first.' };
    if (holder.agency !== said.by.agency) return { field: 'act', message: `${holder.name} of ${holder.agencyName} holds it. Only somebody of that agency can record this.` };
    if (offer !== undefined) return { field: 'act', message: `It is offered to ${offer.to} and not answered yet. Withdraw the offer first.` };
    return then(state, said);
  };

const ofThings =
  (then: Rule): Rule =>
  (state, said) =>
    state.form === 'physical' ? then(state, said) : { field: 'act', message: 'This exhibit is a file. This can be recorded only of a physical exhibit.' };

const needs =
  (field: 'to' | 'from' | 'reason' | 'sealAfter', message: string, then: Rule = nothing): Rule =>
  (state, said) =>
    isSaid(said[field]) ? then(state, said) : { field, message };

/** A seal is believed only as somebody reads it off; one that is not the last recorded must be accounted for. */
const sealAsFound: Rule = ({ seal }, { sealBefore, reason }) => {
  if (seal === undefined) return isSaid(sealBefore) && !isSaid(reason) ? { field: 'reason', message: 'No seal is recorded on it. Say why it bears one.' } : undefined;
  if (!isSaid(sealBefore)) return { field: 'sealBefore', message: 'Enter the number of the seal as you read it.' };
  if (sealBefore !== seal && !isSaid(reason)) return { field: 'reason', message: `The last seal recorded is ${seal}. Say why it bears another.` };
  return undefined;
};

const opened: Rule = ({ seal }, { sealBefore }) => {
  if (seal === undefined) return { field: 'act', message: 'It bears no seal. Record that it was examined.' };
  if (!isSaid(sealBefore)) return { field: 'sealBefore', message: 'Enter the number of the seal that was broken.' };
  if (sealBefore !== seal) return { field: 'sealBefore', message: `The last seal recorded is ${seal}. If it bears another, record first that it was examined, with the seal as found and why.` };
  return undefined;
};

const examined: Rule = (state, said) => (isSaid(said.sealBefore) ? sealAsFound(state, said) : undefined);

/** Answering: somebody of the agency it was offered to, and of two people of one agency the other. */
const byReceiver =
  (then: Rule): Rule =>
  (state, said) => {
    const { offer } = state;
    if (offer === undefined) return { field: '', message: 'It is not offered to anybody. The offer may have been answered or withdrawn meanwhile.' };
    if (offer.toAgency !== said.by.agency) return { field: '', message: `It is offered to ${offer.to}, not to your agency.` };
    if (offer.by.id === said.by.id) return { field: '', message: 'You made this offer. Somebody else must answer it; you can withdraw it.' };
    return then(state, said);
  };

const withdrawn: Rule = ({ offer }, { by }) => {
  if (offer === undefined) return { field: '', message: 'It is not offered to anybody. The offer may have been answered meanwhile.' };
  return offer.by.agency === by.agency ? undefined : { field: '', message: `${offer.by.agencyName} made the offer. Only somebody of that agency can withdraw it.` };
};

const RULES: Readonly<Record<CustodyAct, Rule>> = {
  [CustodyAct.Deposited]: nothing,
  [CustodyAct.Shared]: nothing,
  [CustodyAct.Recalled]: nothing,
  [CustodyAct.Viewed]: nothing,
  [CustodyAct.Seized]: ofThings(({ holder }) => (holder === undefined ? undefined : { field: 'act', message: 'It is held already.' })),
  [CustodyAct.Received]: ofThings(
    needs('from', 'Enter who it was received from.', ({ holder }) => (holder === undefined ? undefined : { field: 'act', message: `${holder.name} of ${holder.agencyName} holds it. It passes on by an offer that is accepted.` })),
  ),
  [CustodyAct.Sealed]: ofThings(
    byHolder(needs('sealAfter', 'Enter the number of the seal that was put on.', ({ seal }) => (seal === undefined ? undefined : { field: 'act', message: `It bears seal ${seal}. Record first that it was opened.` }))),
  ),
  // Opening a file is what the portal does, and records itself.
  [CustodyAct.Opened]: (state, said) => (state.form === 'file' ? undefined : byHolder(opened)(state, said)),
  [CustodyAct.Examined]: needs('reason', 'Enter what was examined and why.', (state, said) => (state.form === 'file' ? undefined : byHolder(examined)(state, said))),
  [CustodyAct.Copied]: needs('reason', 'Enter what was copied and why.', (state, said) => (state.form === 'file' ? undefined : byHolder(nothing)(state, said))),
  [CustodyAct.Divided]: ofThings(byHolder(({ seal }) => (seal === undefined ? undefined : { field: '', message: `It bears seal ${seal}. Record that it was opened before something is taken out.` }))),
  [CustodyAct.Offered]: byHolder(needs('to', 'Select the agency that is to have it.')),
  [CustodyAct.Accepted]: byReceiver((state, said) => (state.form === 'file' ? undefined : sealAsFound(state, said))),
  [CustodyAct.Declined]: byReceiver(needs('reason', 'Enter why it is declined.')),
  [CustodyAct.Withdrawn]: withdrawn,
  [CustodyAct.Returned]: ofThings(byHolder(needs('to', 'Enter who it was given to.'))),
  [CustodyAct.Disposed]: ({ form, holder, offer }, { by }) => {
    if (offer !== undefined) return { field: '', message: `It is offered to ${offer.to} and not answered yet. Withdraw the offer first.` };
    // Of a file every key is destroyed, whoever holds it; a thing that another agency has on its shelf is not gone because somebody says so.
    const isElsewhere = form === 'physical' && holder !== undefined && holder.agency !== by.agency;
    return isElsewhere ? { field: '', message: `${holder.name} of ${holder.agencyName} holds it. Ask for it back before it is disposed of.` } : undefined;
  },
};

function isSaid(text: string | undefined): boolean {
  return text !== undefined && text !== '';
}
