/** How an exhibit is shown in the page. */
export const PreviewKind = { Image: 'image', Audio: 'audio', Video: 'video', Document: 'document', Text: 'text' } as const;
export type PreviewKind = (typeof PreviewKind)[keyof typeof PreviewKind];

/** Most octets of a text that are shown in the page: more would make a browser slow, and the file is one click away. */
export const TEXT_PREVIEW_BYTES = 1024 * 1024;

/** Media type of a file whose beginning is text. Whatever it calls itself (a page, a script), it is only ever shown as characters. */
export const PLAIN_TEXT = 'text/plain';

/**
 * What may be shown, by type as found from the file's own octets, never by its name. Nothing here can run anything: no
 * SVG, no HTML, no XML, no office document. What is not listed is only handed out as an attachment.
 */
const KINDS: Readonly<Record<string, PreviewKind>> = {
  'image/png': PreviewKind.Image,
  'image/jpeg': PreviewKind.Image,
  'image/gif': PreviewKind.Image,
  'image/webp': PreviewKind.Image,
  'image/avif': PreviewKind.Image,
  'image/bmp': PreviewKind.Image,
  'video/mp4': PreviewKind.Video,
  'video/x-m4v': PreviewKind.Video,
  'video/webm': PreviewKind.Video,
  'video/ogg': PreviewKind.Video,
  'video/quicktime': PreviewKind.Video,
  'audio/mpeg': PreviewKind.Audio,
  'audio/mp4': PreviewKind.Audio,
  'audio/x-m4a': PreviewKind.Audio,
  'audio/aac': PreviewKind.Audio,
  'audio/ogg': PreviewKind.Audio,
  'audio/opus': PreviewKind.Audio,
  'audio/wav': PreviewKind.Audio,
  'audio/flac': PreviewKind.Audio,
  'application/pdf': PreviewKind.Document,
  [PLAIN_TEXT]: PreviewKind.Text,
};

/** How a file of this type is shown in the page; undefined: it is not. Parameters (`; codecs=opus`) say nothing here. */
export function previewKind(mediaType: string): PreviewKind | undefined {
  const [type = ''] = mediaType.split(';');
  return Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
}

/** What no text has: control characters other than tabulator, line feed, form feed, carriage return and escape. */
const NOT_TEXT = /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]/;

/** Whether a file that begins so (attacker-controlled; it may be cut within a character) is text in UTF-8. */
export function beginsAsText(beginning: Uint8Array): boolean {
  try {
    return !NOT_TEXT.test(new TextDecoder('utf-8', { fatal: true }).decode(beginning, { stream: true }));
  } catch {
    return false;
  }
}
