import { createUnionType, Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { PageInfo, Refused } from '../../platform/graphql/index.js';

/** A hold that stands: nothing under it is disposed of. */
@ObjectType('Hold')
export class HoldView {
  @Field(() => ID) id!: string;
  /** Whether it is on the whole investigation. */
  @Field(() => Boolean) onAll!: boolean;
  @Field(() => String) reason!: string;
  @Field(() => String) placedBy!: string;
  @Field(() => String) agency!: string;
  @Field(() => ID) agencyId!: string;
  @Field(() => Date) placedAt!: Date;
}

/** A disposal that was proposed, and what was decided about it. */
@ObjectType('Disposal')
export class DisposalView {
  /** `proposed`, `approved` or `rejected`. */
  @Field(() => String) state!: string;
  /** Code of the retention group. */
  @Field(() => String) rule!: string;
  @Field(() => String) reason!: string;
  /** Why before its day of review; null where that had come, or none was set. */
  @Field(() => String, { nullable: true }) beforeReview!: string | null;
  @Field(() => String) proposedBy!: string;
  @Field(() => Date) proposedAt!: Date;
  @Field(() => String, { nullable: true }) decidedBy!: string | null;
  @Field(() => Date, { nullable: true }) decidedAt!: Date | null;
  @Field(() => String, { nullable: true }) decidedFor!: string | null;
  /** Path of the certificate, once it was approved. */
  @Field(() => String, { nullable: true }) certificatePath!: string | null;
}

/** The retention group an exhibit is in, and when it is to be looked at again. */
@ObjectType('Retention')
export class RetentionView {
  @Field(() => String) group!: string;
  /** `YYYY-MM-DD`. */
  @Field(() => String) reviewOn!: string;
  @Field(() => String) reason!: string;
  @Field(() => String) setBy!: string;
  @Field(() => Date) setAt!: Date;
}

/** An exhibit of the reader's agency whose day of review has come. */
@ObjectType('DueExhibit')
export class DueExhibitView {
  @Field(() => ID) id!: string;
  @Field(() => ID) workspaceId!: string;
  @Field(() => String) workspaceReference!: string;
  @Field(() => String) reference!: string;
  @Field(() => String) title!: string;
  @Field(() => String) marking!: string;
  @Field(() => String) group!: string;
  @Field(() => String) reviewOn!: string;
  @Field(() => Boolean) held!: boolean;
}

/** Exhibits to review, the longest due first. */
@ObjectType('DueExhibitConnection')
export class DueExhibitConnectionView {
  @Field(() => [DueExhibitView]) nodes!: DueExhibitView[];
  @Field(() => PageInfo) pageInfo!: PageInfo;
  /** How many there are on all pages together. */
  @Field(() => Int) count!: number;
}

/** What was written, by its id. */
@ObjectType('Kept')
export class KeptView {
  @Field(() => ID) id!: string;
}

export const KeepingResult = createUnionType({
  name: 'KeepingResult',
  types: () => [KeptView, Refused] as const,
  resolveType: (value: object) => ('code' in value ? Refused : KeptView),
});

@InputType()
export class PlaceHoldInput {
  @Field(() => ID) workspaceId!: string;
  /** Null: every exhibit of the investigation, those to come included. */
  @Field(() => ID, { nullable: true }) exhibitId?: string | null;
  @Field(() => String) reason!: string;
}

@InputType()
export class LiftHoldInput {
  @Field(() => ID) id!: string;
  @Field(() => String) reason!: string;
}

@InputType()
export class ProposeDisposalInput {
  @Field(() => ID) exhibitId!: string;
  @Field(() => String) rule!: string;
  @Field(() => String) reason!: string;
  /** Why before its day of review, where that is still to come. */
  @Field(() => String, { nullable: true }) beforeReview?: string | null;
}

@InputType()
export class DecideDisposalInput {
  @Field(() => ID) exhibitId!: string;
  @Field(() => Boolean) approve!: boolean;
  @Field(() => String) reason!: string;
}

@InputType()
export class SetRetentionInput {
  @Field(() => ID) exhibitId!: string;
  @Field(() => String) group!: string;
  /** `YYYY-MM-DD`; null: as long from today as the group says. */
  @Field(() => String, { nullable: true }) reviewOn?: string | null;
  @Field(() => String) reason!: string;
}
