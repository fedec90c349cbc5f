/** What a spreadsheet would run as a formula when a field begins with it, in either width; a leading apostrophe makes it text. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/u;

/** One line of CSV (RFC 4180 section 2), every field in quotes, a quote doubled, safe to open in a spreadsheet. What is in the fields may be the words of strangers. */
export function csvLine(fields: readonly (string | number | null)[]): string {
  return `${fields.map(csvField).join(',')}\r\n`;
}

function csvField(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
