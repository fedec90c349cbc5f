import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { RefusedQuery } from '../../platform/graphql/index.js';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { STATE_PARTS, type StateEntry } from '../domain/item-state.js';
import { ItemPast, type ItemPastView } from '../queries/item-past.js';
import { ItemPastState, type ItemStateEntry } from './item-past.views.js';

/** What an item was, for auditors and for those who see it. */
@Resolver()
export class ItemPastResolver {
  constructor(private readonly past: ItemPast) {}

  /** @param id - attacker-controlled */
  @Verb('access-log.read')
  @Query(() => ItemPastState, { nullable: true })
  async itemPast(@Act() context: ActContext, @Args('id', { type: () => ID }) id: string, @Args('at', { type: () => Date }) at: Date): Promise<ItemPastState | null> {
    const found = await this.past.find(context, id, at);
    if (!found.ok) throw new RefusedQuery(found.error);
    return found.value === undefined ? null : presentPast(found.value);
  }
}

function presentPast({ workspaceId, marking, state: { parts, invited } }: ItemPastView): ItemPastState {
  const told = STATE_PARTS.map((name) => ({ ...parts[name], name, entry: parts[name].entry && entryView(parts[name].entry) }));
  return Object.assign(new ItemPastState(), { workspaceId, marking, parts: told, invited: invited.map(entryView) });
}

/** To whom else an item went is a part of its own, told as far as its reader may know. */
function entryView({ id, at, verb, person, agency, recipients }: StateEntry): ItemStateEntry {
  return { id, at, verb, person, agency, recipients: verb === 'member.invite' ? (recipients ?? []) : [] };
}
