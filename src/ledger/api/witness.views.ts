import { Field, Int, ObjectType } from '@nestjs/graphql';
import { SafeInt } from '../../platform/graphql/index.js';

/** One witness of the ledger, and how it last answered. */
@ObjectType()
export class LedgerWitness {
  @Field(() => String) name!: string;
  /** Its public key, `name+keyid+base64`. */
  @Field(() => String) key!: string;
  /** Entries of the checkpoint it cosigned last. */
  @Field(() => SafeInt) size!: number;
  @Field(() => Date, { nullable: true }) cosignedAt!: Date | null;
  @Field(() => Date, { nullable: true }) answeredAt!: Date | null;
  /** `cosigned`, or the code of what was wrong. */
  @Field(() => String) answer!: string;
  /** What is wrong; null while it cosigns. */
  @Field(() => String, { nullable: true }) message!: string | null;
  @Field(() => Date, { nullable: true }) failingSince!: Date | null;
}

/** A checkpoint that a witness holds and that contradicts the ledger. */
@ObjectType()
export class WitnessConflict {
  @Field(() => String) witness!: string;
  /** `cut`, `forked` or `broken`. */
  @Field(() => String) kind!: string;
  @Field(() => String) message!: string;
  @Field(() => Date) foundAt!: Date;
  /** The checkpoint the witness holds, signed by the ledger and cosigned by it. */
  @Field(() => String) theirs!: string;
  @Field(() => SafeInt) theirsSize!: number;
  /** The ledger's own latest checkpoint when it was found. */
  @Field(() => String) ours!: string;
  @Field(() => SafeInt) oursSize!: number;
}

/** How the ledger stands with its witnesses. */
@ObjectType()
export class LedgerWitnessing {
  /** `none`, `cosigned`, `debt`, `stopped` or `conflict`. */
  @Field(() => String) standing!: string;
  /** Whether acts that write are refused. */
  @Field(() => Boolean) writingStopped!: boolean;
  @Field(() => Int) total!: number;
  /** The fewest witnesses that are enough. */
  @Field(() => Int) needed!: number;
  @Field(() => Int) answering!: number;
  /** Entries of the largest checkpoint that enough witnesses cosigned. */
  @Field(() => SafeInt) cosignedSize!: number;
  @Field(() => Int) cosignedBy!: number;
  @Field(() => Date, { nullable: true }) cosignedAt!: Date | null;
  /** Since when entries wait for enough cosignatures. */
  @Field(() => Date, { nullable: true }) waitsSince!: Date | null;
  @Field(() => SafeInt) debtSeconds!: number;
  @Field(() => SafeInt) budgetSeconds!: number;
  @Field(() => [LedgerWitness]) witnesses!: readonly LedgerWitness[];
  @Field(() => [WitnessConflict]) conflicts!: readonly WitnessConflict[];
}
