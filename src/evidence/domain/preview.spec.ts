import { describe, expect, it } from '@jest/globals';
import { beginsAsText, previewKind } from './preview.js';

describe('what is shown in the page', () => {
  it.each([
    ['image/jpeg', 'image'],
    ['video/mp4', 'video'],
    ['audio/ogg; codecs=opus', 'audio'],
    ['application/pdf', 'document'],
    ['text/plain', 'text'],
  ])('%s, as %s', (type, kind) => {
    expect(previewKind(type)).toBe(kind);
  });

  it.each(['image/svg+xml', 'text/html', 'application/xml', 'application/octet-stream', 'application/zip', 'application/javascript', '', 'constructor', '__proto__'])(
    'never %s', (type) => expect(previewKind(type)).toBeUndefined(),
  );
});

describe('what begins as text', () => {
  it.each([
    ['words', 'Fridge at 14 °C,\r\n\tthree hours.'],
    ['a page, which is then shown as characters', '<!doctype html><script>alert(1)</script>'],
    ['nothing', ''],
  ])('%s', (_, text) => expect(beginsAsText(Buffer.from(text))).toBe(true));

  it('a text that was cut within a character', () => {
    expect(beginsAsText(Buffer.from('naïve €').subarray(0, -1))).toBe(true);
  });

  it.each([
    ['a zero octet', Buffer.from('a\0b')],
    ['octets that are no UTF-8', Buffer.from([0x61, 0xff, 0x62])],
    ['a backspace, which could hide what stands before it from a terminal', Buffer.from('a\bb')],
  ])('not %s', (_, octets) => expect(beginsAsText(octets)).toBe(false));
});
