import { Field, ID, InputType } from '@nestjs/graphql';
import { MarkingInput } from '../../platform/graphql/index.js';

/** An act that was done to an exhibit, in the words of who records it. */
@InputType()
export class RecordCustodyInput {
  @Field(() => ID) exhibitId!: string;
  /** One of those the exhibit says may be recorded of it now. */
  @Field(() => String) act!: string;
  @Field(() => Date, { nullable: true }) happenedAt?: Date | null;
  /** Who did it, where that was not the person who records it. */
  @Field(() => String, { nullable: true }) doneBy?: string | null;
  @Field(() => String, { nullable: true }) from?: string | null;
  @Field(() => String, { nullable: true }) to?: string | null;
  @Field(() => String, { nullable: true }) location?: string | null;
  @Field(() => String, { nullable: true }) reason?: string | null;
  @Field(() => String, { nullable: true }) sealBefore?: string | null;
  @Field(() => String, { nullable: true }) sealAfter?: string | null;
}

@InputType()
export class OfferCustodyInput {
  @Field(() => ID) exhibitId!: string;
  @Field(() => ID) agencyId!: string;
  /** Who of that agency is to take it; any of its people may accept. */
  @Field(() => String, { nullable: true }) person?: string | null;
  @Field(() => String, { nullable: true }) location?: string | null;
  @Field(() => String, { nullable: true }) reason?: string | null;
}

@InputType()
export class AnswerCustodyInput {
  @Field(() => ID) exhibitId!: string;
  /** `accept`, `decline` or `withdraw`. */
  @Field(() => String) answer!: string;
  @Field(() => Date, { nullable: true }) happenedAt?: Date | null;
  @Field(() => String, { nullable: true }) location?: string | null;
  /** The seal as the receiver read it. */
  @Field(() => String, { nullable: true }) sealBefore?: string | null;
  @Field(() => String, { nullable: true }) reason?: string | null;
}

/** A thing that was seized or received. */
@InputType()
export class RecordPhysicalInput {
  @Field(() => ID) workspaceId!: string;
  @Field(() => String) title!: string;
  @Field(() => String) description!: string;
  @Field(() => MarkingInput) marking!: MarkingInput;
  /** The physical exhibit it was taken out of. */
  @Field(() => ID, { nullable: true }) derivedFrom?: string | null;
  /** `seized` or `received`. */
  @Field(() => String) act!: string;
  @Field(() => Date) happenedAt!: Date;
  @Field(() => String, { nullable: true }) doneBy?: string | null;
  @Field(() => String, { nullable: true }) from?: string | null;
  @Field(() => String, { nullable: true }) location?: string | null;
  @Field(() => String, { nullable: true }) reason?: string | null;
  @Field(() => String, { nullable: true }) seal?: string | null;
}
