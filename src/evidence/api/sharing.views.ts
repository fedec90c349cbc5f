import { createUnionType, Field, ID, ObjectType } from '@nestjs/graphql';
import { AgencyName, Refused } from '../../platform/graphql/index.js';

@ObjectType('SeenBy')
export class SeenByView {
  @Field(() => String) person!: string;
  /** `viewed`, `opened` or `copied`. */
  @Field(() => String) act!: string;
  @Field(() => Date) at!: Date;
}

@ObjectType('AgencySharing')
export class AgencySharingView {
  @Field(() => AgencyName) agency!: AgencyName;
  @Field(() => Boolean) isOriginator!: boolean;
  /** Whether it may see the exhibit now. */
  @Field(() => Boolean) sees!: boolean;
  /** Since when it can open the exhibit; null: it has not been given a packet (yet). */
  @Field(() => Date, { nullable: true }) opensSince!: Date | null;
  @Field(() => String, { nullable: true }) agreement!: string | null;
  @Field(() => String, { nullable: true }) clause!: string | null;
  /** What its people did with the exhibit. */
  @Field(() => [SeenByView]) seen!: SeenByView[];
}

@ObjectType('Recall')
export class RecallView {
  @Field(() => ID) id!: string;
  /** The agency the exhibit was taken back from. */
  @Field(() => String) from!: string;
  @Field(() => String) by!: string;
  @Field(() => String) recalledBy!: string;
  @Field(() => Date) recalledAt!: Date;
  @Field(() => String) workspaceReference!: string;
  @Field(() => String) reference!: string;
  @Field(() => String) title!: string;
  @Field(() => String) marking!: string;
  @Field(() => String) reason!: string;
  /** `recalled`: the exhibit was taken back. `left`: the agency's part in the investigation ended. */
  @Field(() => String) why!: string;
  /** What people of that agency had done with it by then. */
  @Field(() => [SeenByView]) seen!: SeenByView[];
  /** `none`, `destroyed` or `kept`; null: not answered yet. */
  @Field(() => String, { nullable: true }) copies!: string | null;
  @Field(() => String, { nullable: true }) answer!: string | null;
  @Field(() => String, { nullable: true }) answeredBy!: string | null;
  @Field(() => Date, { nullable: true }) answeredAt!: Date | null;
}

@ObjectType('ExhibitSharing')
export class ExhibitSharingView {
  @Field(() => ID) id!: string;
  @Field(() => [AgencySharingView]) agencies!: AgencySharingView[];
  @Field(() => [RecallView]) recalls!: RecallView[];
}

@ObjectType('SharingChanged')
export class SharingChangedView {
  /** Of the exhibit that was shared, or of the recall. */
  @Field(() => ID) id!: string;
}

export const SharingResult = createUnionType({
  name: 'SharingResult',
  types: () => [SharingChangedView, Refused] as const,
  resolveType: (value: object) => ('code' in value ? Refused : SharingChangedView),
});
