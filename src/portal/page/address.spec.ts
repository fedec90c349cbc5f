import { describe, expect, it } from '@jest/globals';
import { fieldsOfAddress } from './address.js';

describe('the query string of an address', () => {
  it.each([
    ['/search', '', ''],
    ['/search?text=golden+spoon', 'text', 'golden spoon'],
    ['/search?text=a%20%26%3D%2B%25', 'text', 'a &=+%'],
    ['/search?text=1=2', 'text', '1=2'],
    ['/search?text=caf%C3%A9&text=last', 'text', 'last'],
    ['/search?from.day=3', 'from.day', '3'],
    ['/search?__proto__=x', '__proto__', 'x'],
    ['/search?text=100%', 'text', '100%'],
    ['/search?text', 'text', ''],
  ])('%s', (url, name, value) => {
    expect(fieldsOfAddress(url).text(name)).toBe(value);
  });

  it('has bytes that are no text stand out, instead of standing for themselves', () => {
    for (const bytes of ['%ED%A0%80', '%FF', '%C3', '%C0%80']) expect(fieldsOfAddress(`/search?text=a${bytes}b`).text('text')).toBe('a\uD800b');
  });
});
