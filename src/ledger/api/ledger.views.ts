import { Field, ID, InputType, ObjectType, createUnionType } from '@nestjs/graphql';
import { PageInfo, Refused, SafeInt } from '../../platform/graphql/index.js';

/** What narrows the auditor's log. */
@InputType()
export class AuditFilter {
  @Field(() => String, { nullable: true }) person?: string | null;
  @Field(() => String, { nullable: true }) agencyCode?: string | null;
  @Field(() => String, { nullable: true }) verb?: string | null;
  @Field(() => String, { nullable: true }) category?: string | null;
  @Field(() => String, { nullable: true }) outcome?: string | null;
  @Field(() => String, { nullable: true }) workspaceReference?: string | null;
  @Field(() => ID, { nullable: true }) itemId?: string | null;
  @Field(() => String, { nullable: true }) clause?: string | null;
  @Field(() => String, { nullable: true }) purpose?: string | null;
  @Field(() => Date, { nullable: true }) from?: Date | null;
  @Field(() => Date, { nullable: true }) to?: Date | null;
}

/** One case of several that an act answered, and what its disclosure rested on. */
@ObjectType()
export class AuditCase {
  @Field(() => String) reference!: string;
  /** Null where the reader's own agency leads: that is no disclosure. */
  @Field(() => String, { nullable: true }) agreement!: string | null;
  @Field(() => String, { nullable: true }) clause!: string | null;
}

/** One act, as it was recorded. */
@ObjectType()
export class AuditEntry {
  @Field(() => ID) id!: string;
  @Field(() => SafeInt, { nullable: true }) index!: number | null;
  @Field(() => Date) at!: Date;
  @Field(() => String) verb!: string;
  @Field(() => String) category!: string;
  @Field(() => String) outcome!: string;
  @Field(() => String, { nullable: true }) person!: string | null;
  @Field(() => String, { nullable: true }) agency!: string | null;
  @Field(() => [String]) roles!: readonly string[];
  @Field(() => String, { nullable: true }) idp!: string | null;
  @Field(() => String, { nullable: true }) workspaceReference!: string | null;
  @Field(() => String, { nullable: true }) subjectKind!: string | null;
  @Field(() => String, { nullable: true }) subjectId!: string | null;
  @Field(() => String, { nullable: true }) subjectTitle!: string | null;
  @Field(() => String, { nullable: true }) subjectMarking!: string | null;
  @Field(() => String, { nullable: true }) agreement!: string | null;
  @Field(() => String, { nullable: true }) clause!: string | null;
  @Field(() => String, { nullable: true }) purpose!: string | null;
  @Field(() => String, { nullable: true }) reason!: string | null;
  @Field(() => [String]) recipients!: readonly string[];
  /** Of a list: each case it answered, with the clause its disclosure rested on. */
  @Field(() => [AuditCase]) cases!: readonly AuditCase[];
  @Field(() => String, { nullable: true }) details!: string | null;
  @Field(() => String) leafHash!: string;
  /** C2SP tlog-proof; given by `auditEntry` only, null in lists. */
  @Field(() => String, { nullable: true }) proof!: string | null;
}

/** A page of acts, newest first. */
@ObjectType()
export class AuditConnection {
  @Field(() => [AuditEntry]) nodes!: readonly AuditEntry[];
  @Field(() => PageInfo) pageInfo!: PageInfo;
}

/** A checkpoint the ledger keeps. */
@ObjectType()
export class KeptCheckpoint {
  @Field(() => SafeInt) size!: number;
  @Field(() => Date) signedAt!: Date;
}

/** The latest state the ledger signed for. */
@ObjectType()
export class LedgerHead {
  @Field(() => SafeInt) size!: number;
  @Field(() => String) rootHash!: string;
  @Field(() => Date) signedAt!: Date;
  @Field(() => String) checkpoint!: string;
  @Field(() => SafeInt) waiting!: number;
  /** The latest checkpoints that are kept, newest first. */
  @Field(() => [KeptCheckpoint]) kept!: readonly KeptCheckpoint[];
}

/** One thing wrong with the ledger. */
@ObjectType()
export class LedgerFinding {
  @Field(() => ID, { nullable: true }) entryId!: string | null;
  @Field(() => SafeInt, { nullable: true }) index!: number | null;
  @Field(() => String) code!: string;
  @Field(() => String) message!: string;
}

/** What recomputing the whole ledger found. */
@ObjectType()
export class LedgerCheck {
  @Field(() => Boolean) whole!: boolean;
  @Field(() => SafeInt) entries!: number;
  @Field(() => Date) checkedAt!: Date;
  @Field(() => String) rootHash!: string;
  @Field(() => [LedgerFinding]) findings!: readonly LedgerFinding[];
}

export const LedgerCheckResult = createUnionType({
  name: 'LedgerCheckResult',
  types: () => [LedgerCheck, Refused] as const,
  resolveType: (value: LedgerCheck | Refused) => (value instanceof Refused ? Refused : LedgerCheck),
});

/** Whether the ledger of now contains everything an earlier one did. */
@ObjectType()
export class LedgerContinuity {
  @Field(() => Boolean) holds!: boolean;
  /** `cut`, `forked` or `broken`; null when it holds. */
  @Field(() => String, { nullable: true }) fault!: string | null;
  @Field(() => String) message!: string;
  /** Entries of then. */
  @Field(() => SafeInt) from!: number;
  /** Entries of now. */
  @Field(() => SafeInt) size!: number;
  @Field(() => String) checkpoint!: string;
  /** Consistency proof with that checkpoint, as C2SP tlog-witness sends it; empty when it does not hold. */
  @Field(() => String) proof!: string;
}

export const ProveLedgerResult = createUnionType({
  name: 'ProveLedgerResult',
  types: () => [LedgerContinuity, Refused] as const,
  resolveType: (value: LedgerContinuity | Refused) => (value instanceof Refused ? Refused : LedgerContinuity),
});
