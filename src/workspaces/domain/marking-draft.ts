import { checkMarking } from '../../../libs/policy/index.js';

/** A marking as somebody entered it, before the policy has checked it. */
export type MarkingDraft = Parameters<typeof checkMarking>[0];
