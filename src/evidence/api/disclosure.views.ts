import { createUnionType, Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Refused } from '../../platform/graphql/index.js';
import { KeptView } from './keeping.views.js';

/** What was said of an exhibit for disclosure. */
@ObjectType('DisclosureReview')
export class DisclosureReviewView {
  /** Its number among the reviews of the exhibit, from 1. */
  @Field(() => Int) seq!: number;
  /** `used`, `non-sensitive-unused` or `sensitive-unused`. */
  @Field(() => String) class!: string;
  @Field(() => String) result!: string;
  @Field(() => String, { nullable: true }) ground!: string | null;
  @Field(() => String) reason!: string;
  @Field(() => String) reviewedBy!: string;
  @Field(() => String) agency!: string;
  @Field(() => Date) reviewedAt!: Date;
}

/** An exhibit in a disclosure schedule. */
@ObjectType('ScheduleLine')
export class ScheduleLineView {
  @Field(() => ID) exhibitId!: string;
  @Field(() => String) reference!: string;
  @Field(() => String) title!: string;
  @Field(() => String) producedBy!: string;
  @Field(() => String) agency!: string;
  @Field(() => String) marking!: string;
  @Field(() => Boolean) disposed!: boolean;
  /** Null: it was not reviewed yet. */
  @Field(() => DisclosureReviewView, { nullable: true }) review!: DisclosureReviewView | null;
  @Field(() => Boolean) canReview!: boolean;
}

/** A version of a schedule that was signed off. */
@ObjectType('ScheduleVersion')
export class ScheduleVersionView {
  @Field(() => Int) version!: number;
  @Field(() => String) signedBy!: string;
  @Field(() => String) agency!: string;
  @Field(() => Date) signedAt!: Date;
  @Field(() => String) statement!: string;
}

/** What has come since a schedule was signed off. */
@ObjectType('ScheduleChange')
export class ScheduleChangeView {
  @Field(() => ID) exhibitId!: string;
  @Field(() => String) reference!: string;
  @Field(() => String) title!: string;
  /** `added`, `reviewed-again` or `disposed`. */
  @Field(() => String) what!: string;
}

/** The disclosure schedule of an investigation, of the exhibits its reader may see. */
@ObjectType('DisclosureSchedule')
export class DisclosureScheduleView {
  /** The version shown; null: how things stand now. */
  @Field(() => Int, { nullable: true }) version!: number | null;
  /** Whether the latest version still says how things stand. */
  @Field(() => Boolean) current!: boolean;
  @Field(() => [ScheduleChangeView]) since!: ScheduleChangeView[];
  @Field(() => [ScheduleLineView]) lines!: ScheduleLineView[];
  /** The latest first. */
  @Field(() => [ScheduleVersionView]) versions!: ScheduleVersionView[];
  /** Names how things stand now; whoever signs off says which state was read. */
  @Field(() => String) state!: string;
  /** Whether there are more exhibits than a schedule lists. */
  @Field(() => Boolean) cut!: boolean;
  @Field(() => Boolean) canSign!: boolean;
}

/** Everything that was said of one exhibit for disclosure. */
@ObjectType('ExhibitDisclosure')
export class ExhibitDisclosureView {
  /** The latest first. */
  @Field(() => [DisclosureReviewView]) reviews!: DisclosureReviewView[];
  @Field(() => Boolean) canReview!: boolean;
}

export const DisclosureResult = createUnionType({
  name: 'DisclosureResult',
  types: () => [KeptView, Refused] as const,
  resolveType: (value: object) => ('code' in value ? Refused : KeptView),
});

@InputType()
export class ReviewForDisclosureInput {
  @Field(() => ID) exhibitId!: string;
  @Field(() => String) class!: string;
  @Field(() => String) result!: string;
  @Field(() => String, { nullable: true }) ground?: string | null;
  @Field(() => String) reason!: string;
  /** The number of the review that was read; 0 where there was none. */
  @Field(() => Int) seen!: number;
}

@InputType()
export class SignDisclosureScheduleInput {
  @Field(() => ID) workspaceId!: string;
  @Field(() => String) statement!: string;
  /** The state that was read. */
  @Field(() => String) state!: string;
}
