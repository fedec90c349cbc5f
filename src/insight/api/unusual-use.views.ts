import { createUnionType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { AgencyName, PageInfo, Refused } from '../../platform/graphql/index.js';

/** How far one agency has come with its part of an explanation. */
@ObjectType('UnusualUseSide')
export class UnusualUseSideView {
  @Field(() => AgencyName) agency!: AgencyName;
  @Field(() => String, { nullable: true }) assignee!: string | null;
  @Field(() => Date, { nullable: true }) assignedAt!: Date | null;
  @Field(() => String, { nullable: true }) answer!: string | null;
  @Field(() => Date, { nullable: true }) answeredAt!: Date | null;
  /** `explained` or `taken-up`, once it is closed. */
  @Field(() => String, { nullable: true }) outcome!: string | null;
  @Field(() => String, { nullable: true }) closing!: string | null;
  @Field(() => String, { nullable: true }) closedBy!: string | null;
  @Field(() => Date, { nullable: true }) closedAt!: Date | null;
}

/** What this reader may do about it now. */
@ObjectType()
export class UnusualUsePowers {
  @Field(() => Boolean) assign!: boolean;
  @Field(() => Boolean) answer!: boolean;
  @Field(() => Boolean) close!: boolean;
}

@ObjectType()
export class UnusualUseColleague {
  @Field(() => ID) id!: string;
  @Field(() => String) name!: string;
}

/** A read that wants an explanation. Says that something was read and never what stands in it. */
@ObjectType('UnusualUse')
export class UnusualUseView {
  @Field(() => ID) id!: string;
  @Field(() => String) rule!: string;
  @Field(() => Int) ruleVersion!: number;
  /** What the rule says, and what there was to find. Whole sentences. */
  @Field(() => String) words!: string;
  @Field(() => String) evidence!: string;
  /** The entry of the ledger that gave cause. */
  @Field(() => ID) entryId!: string;
  @Field(() => String) verb!: string;
  @Field(() => Date) happenedAt!: Date;
  @Field(() => Date) foundAt!: Date;
  @Field(() => String) person!: string;
  /** The reader's. */
  @Field(() => AgencyName) agency!: AgencyName;
  @Field(() => ID, { nullable: true }) workspaceId!: string | null;
  @Field(() => String, { nullable: true }) workspaceReference!: string | null;
  @Field(() => [UnusualUseSideView]) sides!: UnusualUseSideView[];
  @Field(() => UnusualUsePowers) can!: UnusualUsePowers;
  /** Who can be asked, for whoever may ask; of one alone, not in a list. */
  @Field(() => [UnusualUseColleague]) colleagues!: UnusualUseColleague[];
}

@ObjectType()
export class UnusualUseConnection {
  @Field(() => [UnusualUseView]) nodes!: UnusualUseView[];
  @Field(() => PageInfo) pageInfo!: PageInfo;
}

export const UnusualUseResult = createUnionType({
  name: 'UnusualUseResult',
  types: () => [UnusualUseView, Refused] as const,
  resolveType: (value: UnusualUseView | Refused) => (value instanceof Refused ? Refused : UnusualUseView),
});
