import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { AgencyName } from '../../platform/graphql/index.js';

/** What somebody's roles let her try, so that pages offer nothing that would be refused. */
@ObjectType()
export class MyPowers {
  @Field(() => Boolean) openWorkspace!: boolean;
  @Field(() => Boolean) acknowledgeAlerts!: boolean;
  @Field(() => Boolean) seeCases!: boolean;
  @Field(() => Boolean) audit!: boolean;
  @Field(() => Boolean) administer!: boolean;
}

/** Whoever asks. */
@ObjectType()
export class Me {
  @Field(() => ID) id!: string;
  @Field(() => String) displayName!: string;
  @Field(() => String, { nullable: true }) email!: string | null;
  @Field(() => String) initials!: string;
  @Field(() => AgencyName) agency!: AgencyName;
  @Field(() => String) agencyKind!: string;
  @Field(() => [String]) roles!: string[];
  @Field(() => Date) sessionExpiresAt!: Date;
  @Field(() => Int) idleSeconds!: number;
  @Field(() => MyPowers) can!: MyPowers;
}
