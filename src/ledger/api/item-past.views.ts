import { Field, ID, ObjectType } from '@nestjs/graphql';

/** The entry a part of an item's state is known by. */
@ObjectType()
export class ItemStateEntry {
  @Field(() => ID) id!: string;
  @Field(() => Date) at!: Date;
  @Field(() => String) verb!: string;
  @Field(() => String, { nullable: true }) person!: string | null;
  @Field(() => String, { nullable: true }) agency!: string | null;
  /** Whom an invitation was for; empty for any other act. */
  @Field(() => [String]) recipients!: readonly string[];
}

/** One part of what an item was. */
@ObjectType()
export class ItemStatePart {
  /** `status`, `title`, `marking`, `owner` or `recipients`. */
  @Field(() => String) name!: string;
  /** Null where it is not known; of `recipients` empty where no other agency could know of the item. */
  @Field(() => String, { nullable: true }) value!: string | null;
  /** `set` by the entry, `read` as the entry says, `unsaid` by the entry that set it, `withheld` from this reader, or `unknown`. */
  @Field(() => String) how!: string;
  @Field(() => ItemStateEntry, { nullable: true }) entry!: ItemStateEntry | null;
}

/** What an item was at a moment, as the ledger says it. */
@ObjectType('ItemPast')
export class ItemPastState {
  /** The case it is in; null for an auditor. */
  @Field(() => ID, { nullable: true }) workspaceId!: string | null;
  /** How it is marked now, as this reader sees it; null for an auditor. */
  @Field(() => String, { nullable: true }) marking!: string | null;
  @Field(() => [ItemStatePart]) parts!: readonly ItemStatePart[];
  /** Invitations to the case since the item was last written: whether they let anybody see it no entry says. */
  @Field(() => [ItemStateEntry]) invited!: readonly ItemStateEntry[];
}
