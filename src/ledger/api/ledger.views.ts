import { ArgsType, Field, ID, InputType, Int, ObjectType, createUnionType } from '@nestjs/graphql';
import { PageInfo, Refused, SafeInt } from '../../platform/graphql/index.js';

/** What narrows the auditor's log. */
@InputType()
export class AuditFilter {
  @Field(() => String, { nullable: true }) person?: string | null;
  @Field(() => String, { nullable: true }) agencyCode?: string | null;
  /** Any of these. */
  @Field(() => [String], { nullable: true }) verb?: readonly string[] | null;
  /** Any of these. */
  @Field(() => [String], { nullable: true }) category?: readonly string[] | null;
  @Field(() => String, { nullable: true }) outcome?: string | null;
  @Field(() => String, { nullable: true }) workspaceReference?: string | null;
  @Field(() => ID, { nullable: true }) itemId?: string | null;
  /** Words of what the thing acted on was called at the time. */
  @Field(() => String, { nullable: true }) subject?: string | null;
  /** The request an act belonged to. */
  @Field(() => String, { nullable: true }) correlation?: string | null;
  @Field(() => String, { nullable: true }) clause?: string | null;
  @Field(() => String, { nullable: true }) purpose?: string | null;
  @Field(() => Date, { nullable: true }) from?: Date | null;
  @Field(() => Date, { nullable: true }) to?: Date | null;
}

/** Which entries of the auditor's log are asked for, and what with them. */
@ArgsType()
export class AuditLogArguments {
  @Field(() => Int, { defaultValue: 25 }) first!: number;
  @Field(() => String, { nullable: true }) after?: string | null;
  @Field(() => Boolean, { defaultValue: false }) oldestFirst!: boolean;
  @Field(() => Boolean, { defaultValue: false }) summary!: boolean;
}

/** One case of several that an act answered, and what its disclosure rested on. */
@ObjectType()
export class AuditCase {
  @Field(() => String) reference!: string;
  /** Null where the reader's own agency leads: that is no disclosure. */
  @Field(() => String, { nullable: true }) agreement!: string | null;
  @Field(() => String, { nullable: true }) clause!: string | null;
}

/** How an entry was erased, or retired together with its month. */
@ObjectType()
export class AuditErasure {
  @Field(() => Date) at!: Date;
  /** Who decided, as the operator stated it. */
  @Field(() => String) decidedBy!: string;
  @Field(() => String) reason!: string;
  /** The entry that records it. */
  @Field(() => ID) erasureId!: string;
  /** Where the month was retired as a whole, which one: `2020-01`. Then not even what was done is left, and `verb`, `category` and `outcome` are empty. */
  @Field(() => String, { nullable: true }) month!: string | null;
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
  /** Null where a case's access log shows somebody of another agency. */
  @Field(() => ID, { nullable: true }) personId!: string | null;
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
  /** The request the act belonged to; null where a case's access log shows another agency's act. */
  @Field(() => String, { nullable: true }) correlation!: string | null;
  @Field(() => String) leafHash!: string;
  /** C2SP tlog-proof; given by `auditEntry` only, null in lists. */
  @Field(() => String, { nullable: true }) proof!: string | null;
  /** Null unless it was erased; then of all the rest only what was done, when, with which outcome and by which agency and person's id is left. */
  @Field(() => AuditErasure, { nullable: true }) erased!: AuditErasure | null;
}

/** How many of the counted entries have one value. */
@ObjectType()
export class AuditCount {
  /** `agency`, `verb`, `category`, `outcome`, `clause`, `person` or `title`. */
  @Field(() => String) facet!: string;
  /** What the filter takes to narrow to it. */
  @Field(() => String) value!: string;
  /** Of a person, her name as recorded last, and the code of her agency. */
  @Field(() => String, { nullable: true }) label!: string | null;
  @Field(() => String, { nullable: true }) agency!: string | null;
  @Field(() => Int) count!: number;
  @Field(() => Date) first!: Date;
  @Field(() => Date) last!: Date;
}

/** One bar of the chart of volume. */
@ObjectType()
export class AuditVolume {
  /** `2026-06-16T08`, `2026-06-16`, `2026-06` or `2026`, in London. */
  @Field(() => String) period!: string;
  @Field(() => Int) count!: number;
}

/** Counts of what a filter matches; of the newest of it, where there is more than is counted. */
@ObjectType()
export class AuditSummary {
  @Field(() => Int) counted!: number;
  @Field(() => Boolean) isAll!: boolean;
  @Field(() => [AuditCount]) counts!: readonly AuditCount[];
  /** `hour`, `day`, `month` or `year`. */
  @Field(() => String) unit!: string;
  @Field(() => [AuditVolume]) volume!: readonly AuditVolume[];
}

/** A page of acts. */
@ObjectType()
export class AuditConnection {
  @Field(() => [AuditEntry]) nodes!: readonly AuditEntry[];
  /** Null unless it was asked for. */
  @Field(() => AuditSummary, { nullable: true }) summary!: AuditSummary | null;
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
