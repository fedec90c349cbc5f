import { Field, ObjectType } from '@nestjs/graphql';
import { SafeInt } from '../../platform/graphql/index.js';

/** A timestamp of a checkpoint by a time-stamping authority. */
@ObjectType()
export class LedgerTimestamp {
  /** Entries of the checkpoint. */
  @Field(() => SafeInt) size!: number;
  /** When it existed by the authority's clock. */
  @Field(() => Date) at!: Date;
  /** Subject of the authority's certificate. */
  @Field(() => String) signer!: string;
  /** The authority's number of it, in hexadecimal. */
  @Field(() => String) serial!: string;
  /** Object identifier. */
  @Field(() => String) policy!: string;
  @Field(() => String) checkpoint!: string;
  /** The RFC 3161 token, DER in base64. */
  @Field(() => String) token!: string;
}

/** How the ledger stands with whoever dates it. */
@ObjectType()
export class LedgerTimestamping {
  /** `none`, `dated`, `debt` or `broken`. */
  @Field(() => String) standing!: string;
  /** Where it is asked; null when nobody is. */
  @Field(() => String, { nullable: true }) authority!: string | null;
  @Field(() => SafeInt) intervalSeconds!: number;
  @Field(() => LedgerTimestamp, { nullable: true }) newest!: LedgerTimestamp | null;
  /** Checkpoints that wait for their timestamps. */
  @Field(() => SafeInt) waiting!: number;
  @Field(() => Date, { nullable: true }) waitsSince!: Date | null;
  @Field(() => SafeInt) debtSeconds!: number;
  @Field(() => Date, { nullable: true }) failingSince!: Date | null;
  /** What is wrong; null when nothing is. */
  @Field(() => String, { nullable: true }) message!: string | null;
}
