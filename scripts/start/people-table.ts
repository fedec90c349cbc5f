import { AGENCIES, DEMONSTRATION_PASSWORD, PEOPLE } from '../../src/demonstration/borough.js';

const HEADINGS = ['user name', 'agency', 'role', 'what to try'] as const;

/** The demonstration people as lines of text, in columns. */
export function peopleTable(): string {
  const names = new Map(AGENCIES.map(({ code, name }) => [code, name]));
  const rows = PEOPLE.map((person) => [person.userName, names.get(person.agency) ?? person.agency, person.roles.map(words).join(', '), person.tryThis]);
  const all: readonly (readonly string[])[] = [HEADINGS, ...rows];
  const widths = HEADINGS.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const lines = all.map((row) => row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  '));
  return [...lines.map((line) => `  ${line}`), '', `  Everybody's password is: ${DEMONSTRATION_PASSWORD}`].join('\n');
}

function words(role: string): string {
  return role.replaceAll('-', ' ');
}
