import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { MarkingInput } from '../../platform/graphql/index.js';

@InputType()
export class BusinessInput {
  @Field(() => String) name!: string;
  @Field(() => String) address!: string;
  @Field(() => String) postcode!: string;
  @Field(() => String, { nullable: true }) fhrsId?: string | null;
}

@InputType()
export class OpenWorkspaceInput {
  @Field(() => String) title!: string;
  @Field(() => String) summary!: string;
  @Field(() => BusinessInput) business!: BusinessInput;
  @Field(() => String) purpose!: string;
  @Field(() => MarkingInput) marking!: MarkingInput;
}

@InputType()
export class StatePurposeInput {
  @Field(() => ID) workspaceId!: string;
  @Field(() => String) purpose!: string;
}

@InputType()
export class InviteAgencyInput {
  @Field(() => ID) workspaceId!: string;
  @Field(() => ID) agencyId!: string;
  @Field(() => ID) clauseId!: string;
  @Field(() => Date, { nullable: true }) until?: Date | null;
}

@InputType()
export class AddNoteInput {
  @Field(() => ID) workspaceId!: string;
  @Field(() => String) title!: string;
  @Field(() => String) body!: string;
  @Field(() => MarkingInput) marking!: MarkingInput;
}

@InputType()
export class ClassifyItemInput {
  @Field(() => ID) id!: string;
  @Field(() => MarkingInput) marking!: MarkingInput;
  /** Why it is marked anew. */
  @Field(() => String) reason!: string;
  /** The version of the item that was read before it was marked anew. */
  @Field(() => Int) version!: number;
}

@InputType()
export class SaveRecordInput {
  /** Null starts a new record. */
  @Field(() => ID, { nullable: true }) id?: string | null;
  @Field(() => ID) workspaceId!: string;
  /** The version that was read before it was changed; null for a new record. */
  @Field(() => Int, { nullable: true }) version?: number | null;
  @Field(() => String) title!: string;
  @Field(() => String) body!: string;
  @Field(() => MarkingInput) marking!: MarkingInput;
  /** Why a held record's marking is lowered; needed only then. */
  @Field(() => String, { nullable: true }) reason?: string | null;
}

@InputType()
export class RecordFindingInput {
  @Field(() => ID) workspaceId!: string;
  @Field(() => String) title!: string;
  /** Calendar day, `2026-11-21`. */
  @Field(() => String) inspectedOn!: string;
  @Field(() => Int) hygiene!: number;
  @Field(() => Int) structure!: number;
  @Field(() => Int) confidence!: number;
  @Field(() => Boolean) imminentRisk!: boolean;
  @Field(() => String) narrative!: string;
  @Field(() => MarkingInput) marking!: MarkingInput;
}
