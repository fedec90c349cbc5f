import { cleanText, err, ok, type Result } from '../../../libs/kernel/index.js';

/** Longest file name that common file systems and mail programs carry. */
const LONGEST_NAME = 255;
const SEPARATOR = /[/\\]/;
/** What would end a quoted string or a header line, or is not ASCII. */
const NOT_PLAIN = /[^\x20-\x7e]|["\\%]/g;
/** Octets that RFC 8187 section 3.2.1 lets stand as they are; encodeURIComponent leaves some others. */
const NOT_ATTRIBUTE_CHAR = /['()*]/g;

/**
 * A file's name as it came (attacker-controlled), made fit to be stored and shown. Returns a sentence when it cannot be:
 * it is a label and never a path, so anything that could be read as one is refused rather than cut.
 */
export function cleanFileName(name: string): Result<string, string> {
  const clean = cleanText(name, { min: 1, max: LONGEST_NAME, lines: false });
  if (!clean.ok) return err(`File name: ${clean.error}`);
  if (SEPARATOR.test(clean.value)) return err('File name: A name has no slashes. Choose the file again or rename it.');
  if (clean.value === '.' || clean.value === '..') return err('File name: This is the name of a folder. Rename the file.');
  return ok(clean.value);
}

/**
 * The Content-Disposition (RFC 6266) of a file: an attachment, so that nothing somebody else deposited is shown inside the
 * portal's origin; `inline` only for what a preview may show.
 */
export function contentDisposition(name: string, how: 'attachment' | 'inline' = 'attachment'): string {
  const plain = name.replaceAll(NOT_PLAIN, '_');
  const encoded = encodeURIComponent(name).replaceAll(NOT_ATTRIBUTE_CHAR, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${how}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
