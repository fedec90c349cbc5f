import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { Refusal } from '../../../libs/kernel/index.js';

/** One thing wrong with one field of what was sent. */
@ObjectType()
export class FieldFault {
  @Field(() => String) field!: string;
  @Field(() => String) message!: string;
}

/** An expected refusal, as data. */
@ObjectType()
export class Refused {
  @Field(() => String) code!: string;
  @Field(() => String) message!: string;
  @Field(() => [FieldFault]) faults!: FieldFault[];
}

/** A refusal as the member of a result union. */
export function refused({ code, message, faults }: Refusal): Refused {
  return Object.assign(new Refused(), { code, message, faults: faults.map((fault) => ({ ...fault })) });
}

/** An agency as anybody who may know of it sees it. */
@ObjectType()
export class AgencyName {
  @Field(() => ID) id!: string;
  @Field(() => String) code!: string;
  @Field(() => String) name!: string;
}

/** A classification marking, with its printed form. */
@ObjectType('Marking')
export class MarkingView {
  /** As printed at the top and bottom of a page. */
  @Field(() => String) text!: string;
  @Field(() => Int) tier!: number;
  @Field(() => Boolean) sensitive!: boolean;
  @Field(() => [String]) descriptors!: string[];
  @Field(() => [String]) handling!: string[];
  @Field(() => AgencyName) originator!: AgencyName;
  /** Null: every member of the workspace may receive it. */
  @Field(() => [AgencyName], { nullable: true }) releasableTo!: AgencyName[] | null;
}

/** The marking a person gives to what she enters. */
@InputType()
export class MarkingInput {
  @Field(() => Boolean) sensitive!: boolean;
  @Field(() => [String], { defaultValue: [] }) descriptors!: string[];
  @Field(() => [String], { defaultValue: [] }) handling!: string[];
  /** Agency ids; null or absent: every member. */
  @Field(() => [ID], { nullable: true }) releasableTo?: string[] | null;
}

/** Where a page of a list ends. */
@ObjectType()
export class PageInfo {
  @Field(() => String, { nullable: true }) endCursor!: string | null;
  @Field(() => Boolean) hasNextPage!: boolean;
}
