import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Refusal, Result } from '../../../libs/kernel/index.js';
import { Act, Verb, type ActContext } from '../../platform/index.js';
import { parse, Refused, refused } from '../../platform/graphql/index.js';
import { AnswerCustody } from '../commands/answer-custody.js';
import type { Recorded } from '../commands/custody-book.js';
import { OfferCustody } from '../commands/offer-custody.js';
import { RecordCustody } from '../commands/record-custody.js';
import { RecordPhysical } from '../commands/record-physical.js';
import { AnswerCustodyInput, OfferCustodyInput, RecordCustodyInput, RecordPhysicalInput } from './custody.inputs.js';
import { answerCustodySchema, offerCustodySchema, recordCustodySchema, recordPhysicalSchema } from './custody.schemas.js';
import { CustodyRecordedView, CustodyResult } from './views.js';

/** What people do to exhibits, and things that have no file. Each answers with the exhibit's reference; how it stands is read. */
@Resolver()
export class CustodyResolver {
  constructor(
    private readonly physical: RecordPhysical,
    private readonly record: RecordCustody,
    private readonly offer: OfferCustody,
    private readonly answer: AnswerCustody,
  ) {}

  @Verb('exhibit.record-physical')
  @Mutation(() => CustodyResult)
  async recordPhysicalExhibit(@Act() context: ActContext, @Args('input') input: RecordPhysicalInput): Promise<CustodyRecordedView | Refused> {
    const parsed = parse(recordPhysicalSchema, input);
    return parsed.ok ? told(await this.physical.execute(context, parsed.value)) : refused(parsed.error);
  }

  @Verb('custody.record')
  @Mutation(() => CustodyResult)
  async recordCustody(@Act() context: ActContext, @Args('input') input: RecordCustodyInput): Promise<CustodyRecordedView | Refused> {
    const parsed = parse(recordCustodySchema, input);
    return parsed.ok ? told(await this.record.execute(context, parsed.value)) : refused(parsed.error);
  }

  @Verb('custody.offer')
  @Mutation(() => CustodyResult)
  async offerCustody(@Act() context: ActContext, @Args('input') input: OfferCustodyInput): Promise<CustodyRecordedView | Refused> {
    const parsed = parse(offerCustodySchema, input);
    return parsed.ok ? told(await this.offer.execute(context, parsed.value)) : refused(parsed.error);
  }

  @Verb('custody.answer')
  @Mutation(() => CustodyResult)
  async answerCustodyOffer(@Act() context: ActContext, @Args('input') input: AnswerCustodyInput): Promise<CustodyRecordedView | Refused> {
    const parsed = parse(answerCustodySchema, input);
    return parsed.ok ? told(await this.answer.execute(context, parsed.value)) : refused(parsed.error);
  }
}

function told(done: Result<Recorded, Refusal>): CustodyRecordedView | Refused {
  return done.ok ? { id: done.value.itemId, reference: done.value.reference } : refused(done.error);
}
