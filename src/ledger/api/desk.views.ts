import { Field, ID, ObjectType, createUnionType } from '@nestjs/graphql';
import { Refused } from '../../platform/graphql/index.js';

/** A search an auditor keeps. */
@ObjectType()
export class AuditSearch {
  @Field(() => ID) id!: string;
  @Field(() => String) name!: string;
  /** The filter as canonical JSON. */
  @Field(() => String) filter!: string;
}

/** What an auditor finds before she looks at any entry. */
@ObjectType('AuditDesk')
export class AuditDeskView {
  /** Why she looks, as stated in this session; null before she has, and then no entry is shown. */
  @Field(() => String, { nullable: true }) reason!: string | null;
  @Field(() => Date, { nullable: true }) statedAt!: Date | null;
  @Field(() => [AuditSearch]) searches!: readonly AuditSearch[];
  /** Every purpose the ledger knows, to choose from; none before a reason is stated. */
  @Field(() => [String]) purposes!: readonly string[];
}

/** The reason that is recorded with what this session looks at from now on. */
@ObjectType()
export class AuditReason {
  @Field(() => String) reason!: string;
  @Field(() => Date) statedAt!: Date;
}

export const StateAuditReasonResult = createUnionType({
  name: 'StateAuditReasonResult',
  types: () => [AuditReason, Refused] as const,
  resolveType: (value: AuditReason | Refused) => (value instanceof Refused ? Refused : AuditReason),
});

export const AuditSearchResult = createUnionType({
  name: 'AuditSearchResult',
  types: () => [AuditSearch, Refused] as const,
  resolveType: (value: AuditSearch | Refused) => (value instanceof Refused ? Refused : AuditSearch),
});
