import { createUnionType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { MarkingView, PageInfo, Refused } from '../../platform/graphql/index.js';

/** How far an alert has come by one channel. */
@ObjectType('Delivery')
export class DeliveryView {
  @Field(() => String) channel!: string;
  @Field(() => String) state!: string;
  @Field(() => Date) at!: Date;
}

/** What this reader may do about an alert. */
@ObjectType()
export class AlertPowers {
  @Field(() => Boolean) acknowledge!: boolean;
}

/** An alert for one duty post of the reader's own agency. */
@ObjectType('Alert')
export class AlertView {
  @Field(() => ID) id!: string;
  @Field(() => String) reference!: string;
  @Field(() => String) urgency!: string;
  @Field(() => Date) raisedAt!: Date;
  @Field(() => String) post!: string;
  @Field(() => ID) workspaceId!: string;
  @Field(() => String) workspaceReference!: string;
  @Field(() => String) workspaceTitle!: string;
  @Field(() => ID) findingId!: string;
  @Field(() => String) findingTitle!: string;
  @Field(() => MarkingView) marking!: MarkingView;
  @Field(() => Date, { nullable: true }) acknowledgedAt!: Date | null;
  @Field(() => String, { nullable: true }) acknowledgedBy!: string | null;
  @Field(() => [DeliveryView]) deliveries!: DeliveryView[];
  @Field(() => AlertPowers) can!: AlertPowers;
}

@ObjectType()
export class AlertConnection {
  @Field(() => [AlertView]) nodes!: AlertView[];
  /** Open alerts of the reader's agency, on this page or not. */
  @Field(() => Int) openCount!: number;
  @Field(() => PageInfo) pageInfo!: PageInfo;
}

export const AcknowledgeAlertResult = createUnionType({
  name: 'AcknowledgeAlertResult',
  types: () => [AlertView, Refused] as const,
  resolveType: (value: AlertView | Refused) => (value instanceof Refused ? Refused : AlertView),
});

/** Something changed that this reader may know of. Ids only: pages ask again for what they show. */
@ObjectType('LiveSignal')
export class LiveSignalView {
  @Field(() => String) kind!: string;
  @Field(() => ID, { nullable: true }) alertId?: string | null;
  @Field(() => ID, { nullable: true }) workspaceId?: string | null;
  /** Open alerts of the reader's agency; null for roles that have none. */
  @Field(() => Int, { nullable: true }) openAlerts?: number | null;
}
