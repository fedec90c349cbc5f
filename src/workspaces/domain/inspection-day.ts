const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The first moment of a calendar day written `2026-11-21` (attacker-controlled), or undefined when there is no such day
 * or it has not yet begun in the United Kingdom at `now`.
 */
export function inspectionDay(text: string, now: Date): Date | undefined {
  if (!DAY.test(text)) return undefined;
  const day = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text) return undefined;
  return text > todayInLondon(now) ? undefined : day;
}

function todayInLondon(now: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', dateStyle: 'short' }).format(now);
}
