import type { Json } from '../../../libs/kernel/index.js';
import type { Canary } from './canary.js';
import type { LeakReport, Looked } from './check-leaks.js';
import type { Leak } from './judge.js';

/** One row for each viewer, one column for each thing that was planted: what she may read of it, and whether she met more. */
export function matrixOf({ canaries, looked, mails, mailLeaks }: LeakReport): string[] {
  const columns = canaries.map((canary, place) => ({ canary, head: String(place + 1) }));
  const width = Math.max(...looked.map(({ agency, role }) => `${agency}, ${role}`.length), 0);
  const rows = looked.map((one) => `${`${one.agency}, ${one.role}`.padEnd(width)}  ${columns.map(({ canary, head }) => cellOf(one, canary).padStart(head.length)).join(' ')}`);
  const leaks = [...looked.flatMap(({ agency, role, leaks: met }) => met.map((leak) => `${agency}, ${role}: ${lineOf(leak, canaries)}`)), ...mailLeaks.map((leak) => `E-mail: ${lineOf(leak, canaries)}`)];
  const unmet = looked.flatMap(({ agency, role, unmet: missed }) => missed.map((canary) => `${agency}, ${role} may read ${canaries.indexOf(canary) + 1} and was shown it nowhere.`));
  return [
    'What was planted:',
    ...columns.map(({ canary, head }) => `${head.padStart(4)}  ${canary.kind}, for ${canary.audience}`),
    '', 'Who looked, and what she met: r read as she may, t title alone as she may, . nothing as it should be, X LEAK, ? may read and did not find',
    `${''.padEnd(width)}  ${columns.map(({ head }) => head).join(' ')}`,
    ...rows,
    '', `${mails} mails were sent and read.`,
    ...(leaks.length === 0 ? [`No leak: ${looked.length} people of ${new Set(looked.map(({ agency }) => agency)).size} agencies met nothing that the policy keeps from them.`] : [`${leaks.length} LEAKS:`, ...leaks]),
    ...unmet,
  ];
}

/** The same facts for a program. */
export function jsonOf({ canaries, looked, mails, mailLeaks }: LeakReport): Json {
  const leak = ({ where, canary, what }: Leak): Json => ({ where, what, canary: canaries.indexOf(canary) + 1 });
  return {
    canaries: canaries.map(({ kind, audience }, place) => ({ number: place + 1, kind, audience })),
    looked: looked.map((one) => ({ agency: one.agency, role: one.role, met: canaries.map((canary) => cellOf(one, canary)), leaks: one.leaks.map(leak), unmet: one.unmet.map((canary) => canaries.indexOf(canary) + 1) })),
    mails,
    mailLeaks: mailLeaks.map(leak),
  };
}

/** Whether nothing leaked, and everything that may be read was found: a walk that finds less proves less. */
export function isTight({ looked, mailLeaks }: LeakReport): boolean {
  return mailLeaks.length === 0 && looked.every(({ leaks, unmet }) => leaks.length === 0 && unmet.length === 0);
}

function cellOf({ sights, leaks, unmet }: Looked, canary: Canary): string {
  if (leaks.some((leak) => leak.canary === canary)) return 'X';
  if (unmet.includes(canary)) return '?';
  const sight = sights.get(canary);
  return sight === 'all' ? 'r' : sight === 'title' ? 't' : '.';
}

function lineOf({ where, canary, what }: Leak, canaries: readonly Canary[]): string {
  return `${what} of ${canaries.indexOf(canary) + 1} (${canary.kind}, for ${canary.audience}) by ${where}`;
}
