import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Refusal, Result } from '../../../libs/kernel/index.js';
import { decide } from '../../../libs/policy/index.js';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { parse, refused, type Refused } from '../../platform/graphql/index.js';
import { ProposeKeyChange } from '../commands/propose-key-change.js';
import { SettleKeyChange } from '../commands/settle-key-change.js';
import { KeysOfAgency, type KeysSeen } from '../queries/keys-of-agency.js';
import type { KeyChangeId, KeyChange, ListedKey } from '../domain/agency-key.js';
import { ProposeKeyChangeInput, proposeKeyChangeSchema } from './keys.inputs.js';
import { AgencyKeysView, KeyChangeMadeView, KeyChangeResult, type AgencyKeyView, type KeyChangeView } from './keys.views.js';

/** The keys agencies receive evidence under, and their changes by two people. */
@Resolver()
export class KeysResolver {
  constructor(
    private readonly keysOfAgency: KeysOfAgency,
    private readonly proposes: ProposeKeyChange,
    private readonly settles: SettleKeyChange,
  ) {}

  @Verb('key.list')
  @Query(() => AgencyKeysView, { nullable: true })
  async agencyKeys(@Act() context: ActContext): Promise<AgencyKeysView | null> {
    const seen = await this.keysOfAgency.execute(context);
    return seen ? presentKeys(seen) : null;
  }

  @Verb('key.propose')
  @Mutation(() => KeyChangeResult)
  async proposeKeyChange(@Act() context: ActContext, @Args('input') input: ProposeKeyChangeInput): Promise<KeyChangeMadeView | Refused> {
    const parsed = parse(proposeKeyChangeSchema, input);
    return parsed.ok ? told(await this.proposes.execute(context, parsed.value)) : refused(parsed.error);
  }

  @Verb('key.approve')
  @Mutation(() => KeyChangeResult)
  async approveKeyChange(@Act() context: ActContext, @Args('id', { type: () => ID }) id: string): Promise<KeyChangeMadeView | Refused> {
    return told(await this.settles.approve(context, id));
  }

  @Verb('key.withdraw')
  @Mutation(() => KeyChangeResult)
  async withdrawKeyChange(@Act() context: ActContext, @Args('id', { type: () => ID }) id: string): Promise<KeyChangeMadeView | Refused> {
    return told(await this.settles.withdraw(context, id));
  }
}

function told(result: Result<KeyChangeId, Refusal>): KeyChangeMadeView | Refused {
  return result.ok ? Object.assign(new KeyChangeMadeView(), { id: result.value }) : refused(result.error);
}

function presentKeys({ actor, at, keys, changes }: KeysSeen): AgencyKeysView {
  const may = (verb: 'key.propose' | 'key.approve' | 'key.withdraw', change?: KeyChange): boolean =>
    decide(actor, verb, { at, ownerAgencyId: change?.agencyId, proposedBy: change?.proposedBy }).effect === 'permit';
  return {
    keys: keys.map((key) => presentKey(key, at)),
    changes: changes.map((change) => ({
      ...presentChange(change),
      canApprove: change.state === 'waiting' && may('key.approve', change),
      canWithdraw: change.state === 'waiting' && may('key.withdraw', change),
    })),
    canPropose: may('key.propose') && !changes.some(({ state }) => state === 'waiting'),
  };
}

function presentKey(key: ListedKey, at: Date): AgencyKeyView {
  const { fingerprint, label, portalHeld, readsSeipd2, createdAt, expiresAt, retiredAt, revokedAt } = key;
  const state = revokedAt ? 'revoked' : retiredAt ? 'retired' : expiresAt && expiresAt <= at ? 'expired' : 'in-use';
  const agency = { id: key.agencyId, code: key.agencyCode, name: key.agencyName };
  return { agency, fingerprint, label, heldByPortal: portalHeld, readsSeipd2, state, since: createdAt, expiresAt, until: revokedAt ?? retiredAt };
}

function presentChange({ id, kind, fingerprint, reason, proposedByName, proposedAt, state, settledByName, settledAt }: KeyChange): Omit<KeyChangeView, 'canApprove' | 'canWithdraw'> {
  return { id, kind, fingerprint, reason, proposedBy: proposedByName, proposedAt, state, settledBy: settledByName, settledAt };
}
