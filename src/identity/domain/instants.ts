/** How far a partner's clock may be from ours, in milliseconds. */
export const CLOCK_SKEW_MS = 30_000;

/** How long after it was issued a message is still believed, whatever it says itself, in milliseconds. */
export const MESSAGE_AGE_MS = 300_000;

/** How long somebody may take at her agency's sign-in page, in milliseconds. */
export const REQUEST_LIFE_MS = 300_000;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;

/** A SAML instant (core section 1.3.3: UTC) in milliseconds since the epoch, or undefined for anything else. */
export function instantOf(text: string | undefined): number | undefined {
  if (text === undefined || !INSTANT.test(text)) return undefined;
  const ms = Date.parse(text.replace(/(\.\d{3})\d+Z$/, '$1Z'));
  return Number.isNaN(ms) ? undefined : ms;
}

/** Whether `text` is an instant that is neither in the future nor older than {@link MESSAGE_AGE_MS}, give or take the skew. */
export function isRecent(text: string | undefined, now: Date): boolean {
  const at = instantOf(text);
  return at !== undefined && at <= now.getTime() + CLOCK_SKEW_MS && at > now.getTime() - MESSAGE_AGE_MS - CLOCK_SKEW_MS;
}

/** Whether `text` is an instant that has not come yet, give or take the skew. */
export function isAhead(text: string | undefined, now: Date): boolean {
  const at = instantOf(text);
  return at !== undefined && at > now.getTime() - CLOCK_SKEW_MS;
}

/** Whether `text` is an instant that has come, give or take the skew. */
export function hasCome(text: string | undefined, now: Date): boolean {
  const at = instantOf(text);
  return at !== undefined && at <= now.getTime() + CLOCK_SKEW_MS;
}
