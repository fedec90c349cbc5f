import { describe, expect, it } from '@jest/globals';
import { MESSAGE_LIMIT, readPostedMessage, scanText } from './read-message.js';

const posted = (text: string): string => Buffer.from(text).toString('base64');

describe('a posted message', () => {
  it('is the text in it, with one kind of line end, without declaration or space about it', () => {
    expect(readPostedMessage(posted('\n<?xml version="1.0" encoding="UTF-8"?>\r\n<a b="&amp;&#x41;">x\r\ny\rz</a>\n'))).toMatchObject({ ok: false });
    expect(readPostedMessage(posted('<?xml version="1.0" encoding="UTF-8"?>\r\n<a b="&amp;&#x41;">x\r\ny\rz</a>\n'))).toEqual({ ok: true, value: '<a b="&amp;&#x41;">x\ny\nz</a>' });
  });

  it('may be folded into lines', () => {
    expect(readPostedMessage(posted('<a>folded</a>').replace(/(.{4})/g, '$1\r\n'))).toEqual({ ok: true, value: '<a>folded</a>' });
  });

  it('is looked at up to the limit and no further', () => {
    expect(readPostedMessage('A'.repeat(MESSAGE_LIMIT + 1))).toMatchObject({ error: 'too-large' });
    expect(readPostedMessage('A'.repeat(MESSAGE_LIMIT))).toMatchObject({ error: 'not-text' });
  });

  it.each([undefined, null, '', 7, ['PGEvPg=='], {}])('is not what %j is', (value) => {
    expect(readPostedMessage(value)).toMatchObject({ error: 'malformed-form' });
  });

  it.each(['<a/>', 'PGEvPg', 'PGEvPh==', 'PGEvPg=A', 'PGE_Pg==', 'PGEvPg===', 'PGEvPg==PGEvPg=='])('is refused as the base64 %j, which decoders read differently', (value) => {
    expect(readPostedMessage(value)).toMatchObject({ error: 'not-base64' });
  });

  it.each(['<a>\0</a>', '<a>\u0008</a>', '<a>\u001f</a>', '<a>\uffff</a>'])('is refused with the character in %j, which no XML may hold', (text) => {
    expect(readPostedMessage(posted(text))).toMatchObject({ error: 'not-text' });
  });

  it('is refused in bytes that are not UTF-8', () => {
    expect(scanText(Buffer.from([0x3c, 0x61, 0xc3, 0x28, 0x2f, 0x3e]))).toMatchObject({ error: 'not-text' });
  });

  it.each(['<!DOCTYPE a><a/>', '<a><!-- --></a>', '<a><![CDATA[x]]></a>', '<a><?b c?></a>', '<a>&b;</a>', '<a>&nbsp;</a>', '<a>&</a>', '<a>&#xFFFFFFF;</a>', '<?xml version="1.0" encoding="UTF-7"?><a/>'])(
    'is refused with the markup in %j',
    (text) => expect(readPostedMessage(posted(text))).toMatchObject({ error: 'forbidden-markup' }),
  );
});
