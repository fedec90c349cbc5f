import { Field, ID, ObjectType } from '@nestjs/graphql';

/** One ground on which the reader's own agency sees an investigation. */
@ObjectType('SightGround')
export class SightGroundView {
  /** `lead`, or `member` under a clause. */
  @Field(() => String) kind!: 'lead' | 'member';
  @Field(() => String, { nullable: true }) agreement!: string | null;
  @Field(() => String, { nullable: true }) clause!: string | null;
  @Field(() => String, { nullable: true }) purpose!: string | null;
  @Field(() => String, { nullable: true }) gateway!: string | null;
  /** When the membership began. */
  @Field(() => Date, { nullable: true }) since!: Date | null;
  /** When the membership or its agreement ends, whichever is sooner. */
  @Field(() => Date, { nullable: true }) until!: Date | null;
}

/** Why a reader sees an item. Nothing in it is about anybody else. */
@ObjectType('OwnSight')
export class OwnSightView {
  @Field(() => ID) id!: string;
  @Field(() => ID) workspaceId!: string;
  @Field(() => String) kind!: string;
  @Field(() => String) title!: string;
  @Field(() => String) marking!: string;
  /** Name of the agency it is from. */
  @Field(() => String) owner!: string;
  /** By what part of its marking it may go to the reader's agency: it is the `originator`, is `named`, or is one of `every-member`. */
  @Field(() => String) reach!: 'originator' | 'named' | 'every-member';
  @Field(() => [SightGroundView]) grounds!: readonly SightGroundView[];
  /** The reader's own roles that work on cases. */
  @Field(() => [String]) roles!: readonly string[];
}
