import { createUnionType, Field, ID, ObjectType } from '@nestjs/graphql';
import { AgencyName, Refused } from '../../platform/graphql/index.js';

@ObjectType('AgencyKey')
export class AgencyKeyView {
  @Field(() => AgencyName) agency!: AgencyName;
  @Field(() => String) fingerprint!: string;
  /** What the key calls its holder. */
  @Field(() => String, { nullable: true }) label!: string | null;
  /** False: the agency holds the private key itself, and the portal cannot open what is sealed to it. */
  @Field(() => Boolean) heldByPortal!: boolean;
  /** Whether the key says that its holder's programs read what is stored (SEIPDv2). */
  @Field(() => Boolean, { nullable: true }) readsSeipd2!: boolean | null;
  /** `in-use`, `expired`, `retired` or `revoked`. */
  @Field(() => String) state!: string;
  @Field(() => Date) since!: Date;
  @Field(() => Date, { nullable: true }) expiresAt!: Date | null;
  @Field(() => Date, { nullable: true }) until!: Date | null;
}

@ObjectType('KeyChange')
export class KeyChangeView {
  @Field(() => ID) id!: string;
  /** `register`, `renew` or `revoke`. */
  @Field(() => String) kind!: string;
  @Field(() => String, { nullable: true }) fingerprint!: string | null;
  @Field(() => String) reason!: string;
  @Field(() => String) proposedBy!: string;
  @Field(() => Date) proposedAt!: Date;
  /** `waiting`, `done` or `withdrawn`. */
  @Field(() => String) state!: string;
  @Field(() => String, { nullable: true }) settledBy!: string | null;
  @Field(() => Date, { nullable: true }) settledAt!: Date | null;
  /** Whether the reader may approve it: it waits, and somebody else of her agency proposed it. */
  @Field(() => Boolean) canApprove!: boolean;
  @Field(() => Boolean) canWithdraw!: boolean;
}

@ObjectType('AgencyKeys')
export class AgencyKeysView {
  @Field(() => [AgencyKeyView]) keys!: AgencyKeyView[];
  @Field(() => [KeyChangeView]) changes!: KeyChangeView[];
  /** Whether the reader may propose a change. */
  @Field(() => Boolean) canPropose!: boolean;
}

@ObjectType('KeyChangeMade')
export class KeyChangeMadeView {
  @Field(() => ID) id!: string;
}

export const KeyChangeResult = createUnionType({
  name: 'KeyChangeResult',
  types: () => [KeyChangeMadeView, Refused] as const,
  resolveType: (value: object) => ('code' in value ? Refused : KeyChangeMadeView),
});
