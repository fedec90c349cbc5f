import type { Visitor } from '../builders/visitor.js';

/** What an act of keeping answered. */
export interface Kept {
  readonly id?: string;
  readonly code?: string;
  readonly message?: string;
  readonly faults?: readonly { readonly field: string; readonly message: string }[];
}

const TYPES = { placeHold: 'PlaceHoldInput', liftHold: 'LiftHoldInput', proposeDisposal: 'ProposeDisposalInput', decideDisposal: 'DecideDisposalInput', setRetention: 'SetRetentionInput' } as const;

/** The text of an act of keeping. */
export function keeping(mutation: keyof typeof TYPES): string {
  return `mutation ($input: ${TYPES[mutation]}!) { ${mutation}(input: $input) { __typename ... on Kept { id } ... on Refused { code message faults { field message } } } }`;
}

export async function keep(who: Visitor, mutation: keyof typeof TYPES, input: object): Promise<Kept> {
  return (await who.ask<Record<string, Kept>>(keeping(mutation), { input }))[mutation] as Kept;
}

/** How an exhibit is kept, as its page shows it. */
export interface ShownKeeping {
  readonly contentPath: string | null;
  readonly holder: object | null;
  readonly holds: readonly { readonly id: string; readonly onAll: boolean; readonly agency: string; readonly reason: string }[];
  readonly disposal: { readonly state: string; readonly certificatePath: string | null } | null;
  readonly retention: { readonly group: string; readonly reviewOn: string } | null;
  readonly can: { readonly dispose: boolean; readonly decide: boolean; readonly acts: readonly string[] };
  readonly custody: readonly { readonly act: string; readonly reason: string | null }[];
}

export async function keepingOf(who: Visitor, id: string): Promise<ShownKeeping> {
  const text = `query ($id: ID!) { exhibit(id: $id) { contentPath holder { name } holds { id onAll agency reason } disposal { state certificatePath }
    retention { group reviewOn } can { dispose decide acts } custody { act reason } } }`;
  return (await who.ask<{ exhibit: ShownKeeping }>(text, { id })).exhibit;
}
