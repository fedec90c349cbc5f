import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { PageInfo } from '../../platform/graphql/index.js';

/** What narrows an agency's log. */
@InputType('AgencyLogFilter')
export class AgencyLogFilterInput {
  /** Part of a name, or of the reader's own people an id. */
  @Field(() => String, { nullable: true }) person?: string | null;
  /** Any of these. */
  @Field(() => [String], { nullable: true }) verb?: readonly string[] | null;
  /** Any of these. */
  @Field(() => [String], { nullable: true }) category?: readonly string[] | null;
  @Field(() => String, { nullable: true }) outcome?: string | null;
  @Field(() => String, { nullable: true }) workspaceReference?: string | null;
  @Field(() => Date, { nullable: true }) from?: Date | null;
  @Field(() => Date, { nullable: true }) to?: Date | null;
}

/** Something named beside an entry. */
@ObjectType()
export class AgencyLogItem {
  @Field(() => String) title!: string;
  @Field(() => String) marking!: string;
}

/** One act, as far as who manages an agency may know of it. */
@ObjectType()
export class AgencyLogEntry {
  @Field(() => ID) id!: string;
  @Field(() => Date) at!: Date;
  @Field(() => String) verb!: string;
  @Field(() => String) category!: string;
  @Field(() => String) outcome!: string;
  /** Null for somebody of another agency. */
  @Field(() => ID, { nullable: true }) personId!: string | null;
  @Field(() => String, { nullable: true }) person!: string | null;
  @Field(() => String, { nullable: true }) agency!: string | null;
  /** Null where there is no case, or none that this reader sees. */
  @Field(() => ID, { nullable: true }) workspaceId!: string | null;
  @Field(() => String, { nullable: true }) workspaceReference!: string | null;
  @Field(() => String, { nullable: true }) subjectKind!: string | null;
  /** What it is called and how it is marked now; null where this reader sees no such thing. */
  @Field(() => String, { nullable: true }) subjectTitle!: string | null;
  @Field(() => String, { nullable: true }) subjectMarking!: string | null;
  /** That it was about an item or a case which this reader does not see, or which is not there. */
  @Field(() => Boolean) isHidden!: boolean;
  @Field(() => String, { nullable: true }) agreement!: string | null;
  @Field(() => String, { nullable: true }) clause!: string | null;
  @Field(() => String, { nullable: true }) purpose!: string | null;
  /** Of somebody else's act: what was read along that is the reader's agency's own or out of a case it leads. */
  @Field(() => [AgencyLogItem]) concerned!: readonly AgencyLogItem[];
  /** Whether it was more than is named. */
  @Field(() => Boolean) hasMore!: boolean;
}

@ObjectType()
export class AgencyLogConnection {
  @Field(() => [AgencyLogEntry]) nodes!: AgencyLogEntry[];
  @Field(() => PageInfo) pageInfo!: PageInfo;
}
