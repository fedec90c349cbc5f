/** Letters a name in a bundle may have: they mean the same to every system, in every font, and nothing to a shell. */
const PART = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
/** Names that Windows keeps for devices, whatever comes after the first full stop. */
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;
const LONGEST_PART = 120;
const LONGEST_PATH = 240;
const MOST_PARTS = 8;
const ENDING = /^[A-Za-z0-9]{1,10}$/;

/** Whether `path` (attacker-controlled) can be unpacked anywhere and stays inside the folder it is unpacked in. */
export function isSafePath(path: string): boolean {
  const parts = path.split('/');
  return path.length <= LONGEST_PATH && parts.length <= MOST_PARTS && parts.every(isSafePart);
}

function isSafePart(part: string): boolean {
  return part.length <= LONGEST_PART && PART.test(part) && !part.endsWith('.') && !DEVICE.test(part);
}

/**
 * Where the bytes of an exhibit lie in a bundle: under its reference, by a name that begins with it, of which the producer's
 * own file name (attacker-controlled) gives only the letters that are safe. The name as it was is recorded as data.
 */
export function exhibitPath(reference: string, fileName: string): string {
  const mark = folderOf(reference);
  const plain = fileName.normalize('NFKD').replaceAll(/[\u0300-\u036f]/g, '');
  const dot = plain.lastIndexOf('.');
  const hasEnding = dot > 0 && ENDING.test(plain.slice(dot + 1));
  // Cut and cleaned once more: the cut may leave a full stop at the end, and such a name is no name on Windows.
  const stem = cleaned(cleaned(hasEnding ? plain.slice(0, dot) : plain).slice(0, 60));
  const ending = hasEnding ? plain.slice(dot + 1) : '';
  return `data/exhibits/${mark}/${[mark, ...(stem === '' ? [] : [stem])].join('_')}${ending === '' ? '' : `.${ending}`}`;
}

/** The folder of an exhibit: its reference, whose parts are joined by hyphens, which no reference has. */
export function folderOf(reference: string): string {
  return cleaned(reference.replaceAll('/', '-')).slice(0, 60);
}

function cleaned(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9._-]+/g, '_').replaceAll(/\.{2,}/g, '.').replaceAll(/^[._-]+|[._-]+$/g, '');
}
