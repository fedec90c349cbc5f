import { Injectable } from '@nestjs/common';
import { CustodyAct } from '../../../libs/custody/index.js';
import { ok, type Refusal, type Result } from '../../../libs/kernel/index.js';
import type { ActContext } from '../../platform/index.js';
import { CustodyBook, type Recorded } from './custody-book.js';

/** What can become of an offer. */
export const ANSWERS = { accept: CustodyAct.Accepted, decline: CustodyAct.Declined, withdraw: CustodyAct.Withdrawn } as const;
export type CustodyAnswer = keyof typeof ANSWERS;

/** An answer to an offer, checked at the edge. */
export interface AnswerCustodyInput {
  readonly exhibitId: string;
  readonly answer: CustodyAnswer;
  readonly happenedAt: Date | undefined;
  readonly location: string | undefined;
  readonly sealBefore: string | undefined;
  readonly reason: string | undefined;
}

/** Accepts or declines an exhibit that was offered to one's agency, or withdraws an offer of it. Accepting makes the holder. */
@Injectable()
export class AnswerCustody {
  constructor(private readonly book: CustodyBook) {}

  execute(context: ActContext, { exhibitId, answer, ...said }: AnswerCustodyInput): Promise<Result<Recorded, Refusal>> {
    return this.book.add(context, 'custody.answer', exhibitId, (_, { entered: { actor }, state: { offer } }) => {
      const from = offer && `${offer.by.name}, ${offer.by.agencyName}`;
      const to = answer === 'accept' ? `${actor.displayName}, ${actor.agencyName}` : undefined;
      return Promise.resolve(ok({ act: ANSWERS[answer], from, to, ...said }));
    });
  }
}
