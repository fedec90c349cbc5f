import { Field, ObjectType } from '@nestjs/graphql';

/** Whether the people of one agency could see an item in a span of time, and why. */
@ObjectType()
export class AgencySight {
  @Field(() => String) agency!: string;
  /** `yes`, `part` of the span, `no`, or `unknown` where what decides it is not kept. */
  @Field(() => String) could!: string;
  @Field(() => String) reason!: string;
  @Field(() => String, { nullable: true }) agreement!: string | null;
  @Field(() => String, { nullable: true }) clause!: string | null;
  @Field(() => String, { nullable: true }) purpose!: string | null;
  @Field(() => Date, { nullable: true }) from!: Date | null;
  /** Of an agreement whose status in the span is not kept: what it is now. */
  @Field(() => String, { nullable: true }) agreementIsNow!: string | null;
  /** The roles in it whose people read items, as its identity provider may give them now. */
  @Field(() => [String]) roles!: readonly string[];
}

/** Who could see an item in a span of time. */
@ObjectType('ItemSight')
export class ItemSightView {
  @Field(() => [String]) markings!: readonly string[];
  @Field(() => [String]) roles!: readonly string[];
  @Field(() => [AgencySight]) agencies!: readonly AgencySight[];
}
