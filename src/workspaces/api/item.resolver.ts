import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { parse, Refused, refused, shownOrNull } from '../../platform/graphql/index.js';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { AddNote } from '../commands/add-note.js';
import { ClassifyItem } from '../commands/classify-item.js';
import { RecordFinding } from '../commands/record-finding.js';
import { ItemList } from '../queries/item-list.js';
import { ItemReading } from '../queries/item-reading.js';
import { presentFinding, presentItem } from '../queries/present-item.js';
import { AddNoteInput, ClassifyItemInput, RecordFindingInput } from './inputs.js';
import { FindingRecordedView, ItemConnectionView, ItemView } from './item.views.js';
import { AddNoteResult, answerOf, ClassifyItemResult, RecordFindingResult } from './results.js';
import { addNoteSchema, classifyItemSchema, recordFindingSchema } from './schemas.js';

@Resolver(() => ItemView)
export class ItemResolver {
  constructor(
    private readonly items: ItemList,
    private readonly reading: ItemReading,
    private readonly classifying: ClassifyItem,
    private readonly noting: AddNote,
    private readonly finding: RecordFinding,
  ) {}

  @Verb('item.read')
  @Query(() => ItemConnectionView, { name: 'items' })
  async list(
    @Act() context: ActContext,
    @Args('workspaceId', { type: () => ID }) workspaceId: string,
    @Args('kind', { type: () => String, nullable: true }) kind: string | null,
    @Args('first', { type: () => Int, defaultValue: 25 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<ItemConnectionView> {
    return answerOf(await this.items.list(context, { workspaceId, kind, first, after }));
  }

  @Verb('item.read')
  @Query(() => ItemView, { name: 'item', nullable: true })
  async find(@Act() context: ActContext, @Args('id', { type: () => ID }) id: string): Promise<ItemView | null> {
    return shownOrNull(await this.reading.find(context, id));
  }

  @Verb('item.classify')
  @Mutation(() => ClassifyItemResult, { name: 'classifyItem' })
  async classify(@Act() context: ActContext, @Args('input') input: ClassifyItemInput): Promise<ItemView | Refused> {
    const parsed = parse(classifyItemSchema, input);
    if (!parsed.ok) return refused(parsed.error);
    const marked = await this.classifying.execute(context, parsed.value);
    return marked.ok ? presentItem(marked.value) : refused(marked.error);
  }

  @Verb('note.add')
  @Mutation(() => AddNoteResult, { name: 'addNote' })
  async addNote(@Act() context: ActContext, @Args('input') input: AddNoteInput): Promise<ItemView | Refused> {
    const parsed = parse(addNoteSchema, input);
    if (!parsed.ok) return refused(parsed.error);
    const added = await this.noting.execute(context, parsed.value);
    return added.ok ? presentItem(added.value) : refused(added.error);
  }

  @Verb('finding.record')
  @Mutation(() => RecordFindingResult, { name: 'recordFinding' })
  async recordFinding(@Act() context: ActContext, @Args('input') input: RecordFindingInput): Promise<FindingRecordedView | Refused> {
    const parsed = parse(recordFindingSchema, input);
    if (!parsed.ok) return refused(parsed.error);
    const recorded = await this.finding.execute(context, parsed.value);
    return recorded.ok ? presentFinding(recorded.value) : refused(recorded.error);
  }
}
