import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { AgencyName, MarkingView, PageInfo } from '../../platform/graphql/index.js';

@ObjectType('FindingDetail')
export class FindingDetailView {
  /** Calendar day, `2026-11-21`. */
  @Field(() => String) inspectedOn!: string;
  @Field(() => Int) hygiene!: number;
  @Field(() => Int) structure!: number;
  @Field(() => Int) confidence!: number;
  @Field(() => Boolean) imminentRisk!: boolean;
  @Field(() => Int) rating!: number;
  @Field(() => String) ratingWords!: string;
  @Field(() => Boolean) breach!: boolean;
  @Field(() => String, { nullable: true }) urgency!: string | null;
  /** What the rule that made it a breach says, in the words it had then. */
  @Field(() => String, { nullable: true }) rule!: string | null;
}

@ObjectType('Item')
export class ItemView {
  @Field(() => ID) id!: string;
  @Field(() => ID) workspaceId!: string;
  @Field(() => String) kind!: string;
  @Field(() => String) title!: string;
  /** The text of a note or the narrative of a finding; a record and an exhibit are read on their own. */
  @Field(() => String, { nullable: true }) text!: string | null;
  @Field(() => MarkingView) marking!: MarkingView;
  @Field(() => Int) version!: number;
  @Field(() => Date) createdAt!: Date;
  @Field(() => String) createdBy!: string;
  @Field(() => AgencyName) agency!: AgencyName;
  @Field(() => FindingDetailView, { nullable: true }) finding!: FindingDetailView | null;
}

@ObjectType('ItemConnection')
export class ItemConnectionView {
  @Field(() => [ItemView]) nodes!: ItemView[];
  @Field(() => PageInfo) pageInfo!: PageInfo;
}

@ObjectType('RecordVersion')
export class RecordVersionView {
  @Field(() => Int) version!: number;
  @Field(() => String) title!: string;
  @Field(() => String) body!: string;
  @Field(() => Date) savedAt!: Date;
  @Field(() => String) savedBy!: string;
}

@ObjectType('RecordItem')
export class RecordItemView {
  @Field(() => ID) id!: string;
  @Field(() => ID) workspaceId!: string;
  @Field(() => String) title!: string;
  @Field(() => String) body!: string;
  @Field(() => MarkingView) marking!: MarkingView;
  @Field(() => Int) version!: number;
  @Field(() => Date) savedAt!: Date;
  @Field(() => String) savedBy!: string;
  /** Newest first; a version marked so that this reader may not receive it is not among them. */
  @Field(() => [RecordVersionView]) versions!: RecordVersionView[];
}

@ObjectType('RecordDraft')
export class RecordDraftView {
  @Field(() => String) title!: string;
  @Field(() => String) body!: string;
}

/** Somebody saved first: both texts, so that nobody's work is lost. */
@ObjectType('StaleRecord')
export class StaleRecordView {
  @Field(() => String) message!: string;
  @Field(() => RecordItemView) theirs!: RecordItemView;
  @Field(() => RecordDraftView) yours!: RecordDraftView;
}

@ObjectType('FindingRecorded')
export class FindingRecordedView {
  @Field(() => ItemView) item!: ItemView;
  @Field(() => Boolean) breach!: boolean;
  @Field(() => [AgencyName]) told!: AgencyName[];
}
