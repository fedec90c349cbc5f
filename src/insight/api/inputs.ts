import { Field, ID, InputType } from '@nestjs/graphql';
import { z } from 'zod';
import { textSchema } from '../../platform/graphql/index.js';
import { CLOSING_OUTCOMES } from '../commands/close-unusual-use.js';

@InputType()
export class AssignUnusualUseInput {
  @Field(() => ID) id!: string;
  /** A person of one's own agency. */
  @Field(() => ID) personId!: string;
}

@InputType()
export class AnswerUnusualUseInput {
  @Field(() => ID) id!: string;
  @Field(() => String) answer!: string;
}

@InputType()
export class CloseUnusualUseInput {
  @Field(() => ID) id!: string;
  /** `explained` or `taken-up`. */
  @Field(() => String) conclusion!: string;
  @Field(() => String) words!: string;
}

const PROSE = { min: 1, max: 4_000, lines: true } as const;

export const answerSchema = z.object({ id: z.string(), answer: textSchema('Explanation', PROSE) });
export const closeSchema = z.object({
  id: z.string(),
  conclusion: z.enum(CLOSING_OUTCOMES, 'What came of it: Choose whether the answer explains the read or your agency has taken it up.'),
  words: textSchema('What was made of it', PROSE),
});
