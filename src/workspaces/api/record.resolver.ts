import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { parse, Refused, refused, shownOrNull } from '../../platform/graphql/index.js';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { SaveRecord } from '../commands/save-record.js';
import { presentOutcome } from '../queries/present-item.js';
import { RecordReading } from '../queries/record-reading.js';
import { SaveRecordInput } from './inputs.js';
import { RecordItemView, StaleRecordView } from './item.views.js';
import { SaveRecordResult } from './results.js';
import { saveRecordSchema } from './schemas.js';

@Resolver(() => RecordItemView)
export class RecordResolver {
  constructor(
    private readonly reading: RecordReading,
    private readonly saving: SaveRecord,
  ) {}

  @Verb('record.read')
  @Query(() => RecordItemView, { name: 'record', nullable: true })
  async find(@Act() context: ActContext, @Args('id', { type: () => ID }) id: string): Promise<RecordItemView | null> {
    return shownOrNull(await this.reading.find(context, id));
  }

  @Verb('record.save')
  @Mutation(() => SaveRecordResult, { name: 'saveRecord' })
  async save(@Act() context: ActContext, @Args('input') input: SaveRecordInput): Promise<RecordItemView | StaleRecordView | Refused> {
    const parsed = parse(saveRecordSchema, input);
    if (!parsed.ok) return refused(parsed.error);
    const outcome = await this.saving.execute(context, parsed.value);
    return outcome.ok ? presentOutcome(outcome.value) : refused(outcome.error);
  }
}
