/** Text as a CSS string: whatever could end the string or the rule is written as its code point. */
function cssString(text: string): string {
  return `"${Array.from(text, (char) => (/^[\p{L}\p{N} .,:'()-]$/u.test(char) ? char : `\\${(char.codePointAt(0) ?? 0x20).toString(16)} `)).join('')}"`;
}

/** Style of the printed page's margin boxes: marking at the top and bottom (none where nothing marked is shown), reader and time below. */
export function printStyle(marking: string, reader: string, at: string): string {
  const mark = cssString(marking);
  const box = 'font: bold 10pt Helvetica, Arial, sans-serif;';
  const small = 'font: 8pt Helvetica, Arial, sans-serif;';
  return [
    '@page {',
    '  margin: 20mm 15mm;',
    ...(marking === '' ? [] : [`  @top-center { content: ${mark}; ${box} }`, `  @bottom-center { content: ${mark}; ${box} }`]),
    `  @bottom-left { content: ${cssString(`Printed by ${reader}, ${at}`)}; ${small} }`,
    `  @bottom-right { content: "Page " counter(page) " of " counter(pages); ${small} }`,
    '}',
    '',
  ].join('\n');
}
