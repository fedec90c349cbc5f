/** What a value read from JSON must be: the name of a plain kind, a list of one shape, an object of members; `null` beside one may stand for none. */
export type Shape = 'text' | 'count' | { readonly list: Shape } | { readonly orNull: Shape } | { readonly members: Readonly<Record<string, Shape>> };

/** Whether `value` (attacker-controlled) has exactly this shape: no member missing and none more. */
export function hasShape(value: unknown, shape: Shape): boolean {
  if (shape === 'text') return typeof value === 'string';
  if (shape === 'count') return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
  if ('list' in shape) return Array.isArray(value) && value.every((member) => hasShape(member, shape.list));
  if ('orNull' in shape) return value === null || hasShape(value, shape.orNull);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const wanted = Object.entries(shape.members);
  return Object.keys(value).length === wanted.length && wanted.every(([name, member]) => Object.hasOwn(value, name) && hasShape((value as Record<string, unknown>)[name], member));
}
