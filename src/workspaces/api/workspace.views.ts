import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { AgencyName, MarkingView, PageInfo } from '../../platform/graphql/index.js';

@ObjectType('Business')
export class BusinessView {
  @Field(() => String) name!: string;
  @Field(() => String) address!: string;
  @Field(() => String) postcode!: string;
  @Field(() => String, { nullable: true }) fhrsId!: string | null;
}

/** How many items of each kind this reader may see; what she may not see is not counted. */
@ObjectType('WorkspaceCounts')
export class WorkspaceCountsView {
  @Field(() => Int) notes!: number;
  @Field(() => Int) records!: number;
  @Field(() => Int) findings!: number;
  @Field(() => Int) exhibits!: number;
}

@ObjectType('Member')
export class MemberView {
  @Field(() => AgencyName) agency!: AgencyName;
  @Field(() => Boolean) lead!: boolean;
  @Field(() => Date) since!: Date;
  @Field(() => Date, { nullable: true }) until!: Date | null;
  /** Null for the lead agency, and for an agreement to which the reader's agency is not a party. */
  @Field(() => String, { nullable: true }) agreement!: string | null;
  @Field(() => String, { nullable: true }) clause!: string | null;
  @Field(() => String, { nullable: true }) purpose!: string | null;
}

/** What this reader may do here: the answers of the same policy that decides when she tries. */
@ObjectType('WorkspacePowers')
export class WorkspacePowersView {
  @Field(() => Boolean) invite!: boolean;
  @Field(() => Boolean) addNote!: boolean;
  @Field(() => Boolean) saveRecord!: boolean;
  @Field(() => Boolean) recordFinding!: boolean;
  @Field(() => Boolean) addExhibit!: boolean;
}

@ObjectType('Workspace')
export class WorkspaceView {
  @Field(() => ID) id!: string;
  @Field(() => String) reference!: string;
  @Field(() => String) title!: string;
  @Field(() => String) summary!: string;
  @Field(() => String) status!: string;
  @Field(() => BusinessView) business!: BusinessView;
  @Field(() => MarkingView) marking!: MarkingView;
  @Field(() => AgencyName) leadAgency!: AgencyName;
  @Field(() => String) purpose!: string;
  @Field(() => Date) openedAt!: Date;
  @Field(() => String) openedBy!: string;
  /** The marking of the investigation joined with those of all items this reader may see. */
  @Field(() => String) highestMarking!: string;
  @Field(() => WorkspaceCountsView) counts!: WorkspaceCountsView;
  @Field(() => [MemberView]) members!: MemberView[];
  @Field(() => WorkspacePowersView) can!: WorkspacePowersView;
  /** What this reader may say she reads it for. */
  @Field(() => [String]) purposes!: readonly string[];
  /** What she said in this session; null before. */
  @Field(() => String, { nullable: true }) statedPurpose!: string | null;
}

/** What somebody reads an investigation for, as it was kept for her session. */
@ObjectType('PurposeStated')
export class PurposeStatedView {
  @Field(() => ID) workspaceId!: string;
  @Field(() => String) purpose!: string;
  @Field(() => Date) statedAt!: Date;
}

@ObjectType('WorkspaceSummary')
export class WorkspaceSummaryView {
  @Field(() => ID) id!: string;
  @Field(() => String) reference!: string;
  @Field(() => String) title!: string;
  @Field(() => String) status!: string;
  @Field(() => String) marking!: string;
  @Field(() => String) leadAgency!: string;
  @Field(() => String) businessName!: string;
  @Field(() => Date) openedAt!: Date;
}

@ObjectType('WorkspaceConnection')
export class WorkspaceConnectionView {
  @Field(() => [WorkspaceSummaryView]) nodes!: WorkspaceSummaryView[];
  @Field(() => PageInfo) pageInfo!: PageInfo;
}

@ObjectType('TimelineEvent')
export class TimelineEventView {
  @Field(() => ID) id!: string;
  @Field(() => Date) at!: Date;
  @Field(() => String) what!: string;
  @Field(() => String) title!: string;
  @Field(() => String) who!: string;
  @Field(() => String) agency!: string;
  @Field(() => String, { nullable: true }) marking!: string | null;
  @Field(() => ID, { nullable: true }) itemId!: string | null;
}

@ObjectType('TimelineConnection')
export class TimelineConnectionView {
  @Field(() => [TimelineEventView]) nodes!: TimelineEventView[];
  @Field(() => PageInfo) pageInfo!: PageInfo;
}

@ObjectType('SearchHit')
export class SearchHitView {
  @Field(() => String) kind!: string;
  @Field(() => ID) id!: string;
  @Field(() => ID) workspaceId!: string;
  @Field(() => String) workspaceReference!: string;
  @Field(() => String) title!: string;
  /** Empty until the reader has said in her session what she reads the investigation for, where that is asked. */
  @Field(() => String) snippet!: string;
  @Field(() => String) marking!: string;
}

@ObjectType('SearchConnection')
export class SearchConnectionView {
  @Field(() => [SearchHitView]) nodes!: SearchHitView[];
  @Field(() => PageInfo) pageInfo!: PageInfo;
}
