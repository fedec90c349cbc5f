import { Field, InputType } from '@nestjs/graphql';
import { z } from 'zod';
import { textSchema } from '../../platform/graphql/index.js';
import { KEY_CHANGES } from '../domain/agency-key.js';

/** Longest armoured key that is taken: a key with hundreds of certifications is a way to make a reader slow. */
const LONGEST_KEY = 256 * 1024;

@InputType()
export class ProposeKeyChangeInput {
  /** `register`, `renew` or `revoke`. */
  @Field(() => String) change!: string;
  /** For `register`: an OpenPGP public key as armoured text. */
  @Field(() => String, { nullable: true }) publicKey!: string | null;
  /** For `revoke`: which of the agency's keys. */
  @Field(() => String, { nullable: true }) fingerprint!: string | null;
  @Field(() => String) reason!: string;
}

export const proposeKeyChangeSchema = z.object({
  change: z.enum(KEY_CHANGES, 'Change: Choose what is to change.'),
  publicKey: z.string().max(LONGEST_KEY, 'Public key: This is larger than any honest key.').nullish().transform((text) => text ?? null),
  fingerprint: z.string().max(64, 'Key: Choose one of your agency\'s keys.').nullish().transform((text) => text ?? null),
  reason: textSchema('Reason', { min: 1, max: 1_000, lines: true }),
});
