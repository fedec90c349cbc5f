import { z, type ZodType } from 'zod';
import { cleanText, type TextRule } from '../../../libs/kernel/index.js';

/** A Zod schema for one free text under `rule`; its message is the sentence a person reads, opened by the field's name. */
export function textSchema(label: string, rule: TextRule): ZodType<string> {
  return z.string().transform((raw, issues) => {
    const clean = cleanText(raw, rule);
    if (clean.ok) return clean.value;
    issues.addIssue({ code: 'custom', message: `${label}: ${clean.error}` });
    return z.NEVER;
  });
}
