const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** A number of bytes for people: `199 bytes`, `1.5 KB`, `200 MB`; units of 1,000. */
export function size(bytes: number): string {
  if (bytes === 1) return '1 byte';
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 10 ? 0 : 1;
  return `${value.toFixed(digits).replace(/\.0$/, '')} ${UNITS[unit] ?? ''}`;
}

/** A number of bytes for people, and to the byte where that says less: `1.5 KB (1,536 bytes)`. */
export function exactSize(bytes: number): string {
  return bytes < 1000 ? size(bytes) : `${size(bytes)} (${count(bytes)} bytes)`;
}

/** A whole number with separators. */
export function count(value: number): string {
  return value.toLocaleString('en-GB');
}
