import { OFFICIAL_SENSITIVE } from '../builders/case.js';
import type { Visitor } from '../builders/visitor.js';

/** An exhibit as the API shows it, with what concerns its custody. */
export interface ShownExhibit {
  readonly id: string;
  readonly reference: string;
  readonly form: string;
  readonly sha256: string | null;
  readonly contentPath: string | null;
  readonly relation: string | null;
  readonly derivedFrom: { readonly id: string; readonly reference: string } | null;
  readonly derived: readonly { readonly reference: string; readonly relation: string }[];
  readonly holder: { readonly name: string; readonly agency: string } | null;
  readonly seal: string | null;
  readonly location: string | null;
  readonly offer: { readonly to: string } | null;
  readonly can: { readonly acts: readonly string[]; readonly offer: boolean; readonly answer: boolean; readonly withdraw: boolean };
  readonly custody: readonly { readonly act: string; readonly by: string; readonly signer: string | null; readonly [particular: string]: unknown }[];
  readonly code?: string;
  readonly message?: string;
  readonly faults?: readonly { readonly field: string; readonly message: string }[];
}

const SHOWN = `id reference form sha256 contentPath relation derivedFrom { id reference } derived { reference relation } holder { name agency } seal location
  offer { to } can { acts offer answer withdraw }
  custody { seq act at by agency roles happenedAt doneBy from to location reason sealBefore sealAfter about signer hash }`;

/** Does one of the acts of custody. Answers the exhibit as it then stands, or why not. */
export async function act(who: Visitor, mutation: 'recordPhysicalExhibit' | 'recordCustody' | 'offerCustody' | 'answerCustodyOffer', input: object): Promise<ShownExhibit> {
  const type = { recordPhysicalExhibit: 'RecordPhysicalInput', recordCustody: 'RecordCustodyInput', offerCustody: 'OfferCustodyInput', answerCustodyOffer: 'AnswerCustodyInput' }[mutation];
  const text = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ... on CustodyRecorded { id } ... on Refused { code message faults { field message } } } }`;
  const done = (await who.ask<Record<string, ShownExhibit>>(text, { input }))[mutation] as ShownExhibit;
  return done.code === undefined ? ((await shown(who, done.id)) as ShownExhibit) : done;
}

export async function shown(who: Visitor, id: string): Promise<ShownExhibit | null> {
  return (await who.ask<{ exhibit: ShownExhibit | null }>(`query ($id: ID!) { exhibit(id: $id) { ${SHOWN} } }`, { id })).exhibit;
}

/** What a thing is recorded with. */
export function thing(workspaceId: string, more: object = {}): object {
  return {
    workspaceId, title: 'Knife', description: 'Found in the drawer', marking: OFFICIAL_SENSITIVE, act: 'seized', happenedAt: new Date(Date.now() - 3_600_000).toISOString(),
    location: 'The kitchen', seal: 'B123', reason: 'Section 22', ...more,
  };
}
