import { createUnionType, Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { z } from 'zod';
import { AgencyName, Refused, textSchema } from '../../platform/graphql/index.js';
import { RecallView, SeenByView } from './sharing.views.js';

@InputType()
export class EndMembershipInput {
  @Field(() => ID) workspaceId!: string;
  /** The agency whose part ends: another, by the one that leads; one's own. */
  @Field(() => ID) agencyId!: string;
  @Field(() => String) reason!: string;
}

export const endMembershipSchema = z.object({ workspaceId: z.string(), agencyId: z.string(), reason: textSchema('Reason', { min: 1, max: 500, lines: true }) });

@ObjectType('UnsettledExhibit')
export class UnsettledExhibitView {
  @Field(() => String) reference!: string;
  @Field(() => String) title!: string;
  /** `holds`: the agency has it on its shelf. `offered`: it is offered to the agency and not answered. */
  @Field(() => String) why!: string;
}

@ObjectType('ReachedExhibit')
export class ReachedExhibitView {
  @Field(() => ID) id!: string;
  @Field(() => String) reference!: string;
  @Field(() => String) title!: string;
  @Field(() => String) marking!: string;
  @Field(() => [SeenByView]) seen!: SeenByView[];
}

@ObjectType('MembershipEnding')
export class MembershipEndingView {
  @Field(() => AgencyName) agency!: AgencyName;
  @Field(() => Boolean) isOwn!: boolean;
  /** What stands in the way, as far as the reader sees it. */
  @Field(() => [UnsettledExhibitView]) unsettled!: UnsettledExhibitView[];
  /** Exhibits of others that its people viewed, opened or copied. */
  @Field(() => [ReachedExhibitView]) reached!: ReachedExhibitView[];
  /** How many items it brought that the reader sees. */
  @Field(() => Int) brought!: number;
}

@ObjectType('FormerMember')
export class FormerMemberView {
  @Field(() => String) agency!: string;
  @Field(() => Date) since!: Date;
  @Field(() => Date) until!: Date;
  @Field(() => String) endedBy!: string;
  @Field(() => String) endedByAgency!: string;
  @Field(() => String) reason!: string;
  /** What was asked of its copies, and answered. */
  @Field(() => [RecallView]) asked!: RecallView[];
}

@ObjectType('MembershipEnded')
export class MembershipEndedView {
  /** Of the agency whose part ended. */
  @Field(() => ID) id!: string;
}

export const EndMembershipResult = createUnionType({
  name: 'EndMembershipResult',
  types: () => [MembershipEndedView, Refused] as const,
  resolveType: (value: object) => ('code' in value ? Refused : MembershipEndedView),
});
