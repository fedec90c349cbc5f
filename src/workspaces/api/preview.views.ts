import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('PreviewedItem')
export class PreviewedItemView {
  @Field(() => ID) id!: string;
  @Field(() => String) kind!: string;
  @Field(() => String) title!: string;
  @Field(() => String) marking!: string;
}

/** Of what this reader sees: what an agency would see too, and what it would not. */
@ObjectType('InvitationPreview')
export class InvitationPreviewView {
  /** What it would gain sight of, the newest first; of very many the newest alone. */
  @Field(() => [PreviewedItemView]) items!: PreviewedItemView[];
  /** How many items it would gain sight of. */
  @Field(() => Int) gains!: number;
  /** How many it would not see because they are marked above what the agreement reaches. */
  @Field(() => Int) aboveCeiling!: number;
  /** How many it would not see because they are kept to agencies named by their marking. */
  @Field(() => Int) keptToOthers!: number;
}
