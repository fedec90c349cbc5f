import { Field, ID, ObjectType } from '@nestjs/graphql';
import { AgencyName } from '../../platform/graphql/index.js';

/** One clause: what may pass, what for, and by which legal power. */
@ObjectType('Clause')
export class ClauseView {
  @Field(() => ID) id!: string;
  @Field(() => String) code!: string;
  @Field(() => String) purpose!: string;
  @Field(() => String) gateway!: string;
  @Field(() => String) category!: string;
  @Field(() => String) words!: string;
}

/** An information sharing agreement as its parties see it. */
@ObjectType('Agreement')
export class AgreementView {
  @Field(() => ID) id!: string;
  @Field(() => String) reference!: string;
  @Field(() => String) title!: string;
  @Field(() => Date) validFrom!: Date;
  @Field(() => Date) validTo!: Date;
  /** The highest marking that may pass under it, as printed. */
  @Field(() => String) ceiling!: string;
  @Field(() => [AgencyName]) parties!: AgencyName[];
  @Field(() => [ClauseView]) clauses!: ClauseView[];
}
