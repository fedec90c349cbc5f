import { Field, ID, InputType } from '@nestjs/graphql';
import { MarkingInput, SafeInt } from '../../platform/graphql/index.js';

@InputType()
export class RequestUploadInput {
  @Field(() => ID) workspaceId!: string;
  @Field(() => String) title!: string;
  @Field(() => String) description!: string;
  /** Null: the plain form, where name and size are known on arrival. */
  @Field(() => String, { nullable: true }) fileName?: string | null;
  @Field(() => SafeInt, { nullable: true }) sizeBytes?: number | null;
  /** Lower-case hexadecimal; checked when the file has arrived. */
  @Field(() => String, { nullable: true }) sha256?: string | null;
  /** The exhibit it is made of; null for an exhibit of its own. */
  @Field(() => ID, { nullable: true }) derivedFrom?: string | null;
  /** Of a file `working-copy` or `redacted`, of a thing `photograph`. */
  @Field(() => String, { nullable: true }) relation?: string | null;
  @Field(() => MarkingInput) marking!: MarkingInput;
}
