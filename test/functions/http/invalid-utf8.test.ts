import fc from 'fast-check';
import { expect, it } from 'vitest';
import { invalidUtf8At } from '../../../src/functions/http/invalid-utf8.ts';

it.each([
  [[0x61, 0xe9, 0x62], 1, 'a byte of Latin-1'],
  [[0xff, 0xfe, 0x7b], 0, 'the mark of UTF-16'],
  [[0x61, 0xc3], 1, 'a character that breaks off'],
  [[0xe2, 0x82, 0x61], 0, 'a character whose last byte is another one'],
  [[0xc0, 0xaf], 0, 'a slash in two bytes'],
  [[0xed, 0xa0, 0x80], 0, 'half a surrogate pair'],
  [[0x61, 0x80], 1, 'a byte that continues nothing'],
])('%j is wrong at %i: %s', (bytes, offset) => {
  expect(invalidUtf8At(Uint8Array.from(bytes))).toBe(offset);
});

it('takes every text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(invalidUtf8At(new TextEncoder().encode(text))).toBeUndefined();
    }),
  );
});

it('names the place of the first wrong byte behind any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (before, after) => {
      const bytes = Buffer.concat([Buffer.from(before), Buffer.from([0xff]), Buffer.from(after)]);
      expect(invalidUtf8At(bytes)).toBe(Buffer.byteLength(before));
    }),
  );
});
