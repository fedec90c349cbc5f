import { Field, ID, InputType } from '@nestjs/graphql';
import { z } from 'zod';
import { textSchema } from '../../platform/graphql/index.js';
import { COPIES } from '../domain/recall.js';

@InputType()
export class ShareExhibitInput {
  @Field(() => ID) exhibitId!: string;
  /** Of an agency of the exhibit's investigation. */
  @Field(() => ID) agencyId!: string;
}

@InputType()
export class RecallExhibitInput {
  @Field(() => ID) exhibitId!: string;
  @Field(() => ID) agencyId!: string;
  @Field(() => String) reason!: string;
}

@InputType()
export class AnswerRecallInput {
  @Field(() => ID) id!: string;
  /** `none`, `destroyed` or `kept`. */
  @Field(() => String) copies!: string;
  @Field(() => String) answer!: string;
}

const PROSE = { min: 1, max: 1_000, lines: true } as const;

export const recallExhibitSchema = z.object({ exhibitId: z.string(), agencyId: z.string(), reason: textSchema('Reason', PROSE) });
export const answerRecallSchema = z.object({
  id: z.string(),
  copies: z.enum(COPIES, 'Copies: Choose what became of your agency\'s copies.'),
  answer: textSchema('In your own words', PROSE),
});
