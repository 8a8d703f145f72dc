import { expect, it } from 'vitest';
import { isPlainText } from '../../../../src/deployment/names/text/is-plain-text.ts';

it.each([
  ['', true],
  ['Ada Lovelace, 世界 – 🙂', true],
  ['two\nlines', false],
  ['\u001b[31mred', false],
  ['tab\there', false],
  ['delete\u007f', false],
  ['\u2027', true],
  ['\u2028', false],
  ['\u2029', false],
  ['\u202a', false],
  ['\u202e', false],
  ['\u202f', true],
  ['\u2065', true],
  ['\u2066', false],
  ['\u2069', false],
  ['\u206a', true],
  ['\u061c', false],
  ['\u200d', true],
  ['\u200e', false],
  ['\u200f', false],
  ['\u2010', true],
  ['\ufeff', false],
])('%j is plain: %s', (text, plain) => {
  expect(isPlainText(text)).toBe(plain);
});
