import { expect, it } from 'vitest';
import { visible } from '../../cli/output/terminal.ts';

it('shows what others wrote, and does nothing that it says to the terminal', () => {
  const reason = 'no\r\u001b[2J\u001b]0;title\u0007 \u202eylppA\u2069\u0000';
  expect(visible(reason)).toBe('no\\u{d}\\u{1b}[2J\\u{1b}]0;title\\u{7} \\u{202e}ylppA\\u{2069}\\u{0}');
  expect(visible('\u001b[32mcreated\u001b[39m\ttwo\nlines')).toBe('\u001b[32mcreated\u001b[39m\ttwo\nlines');
});

it('lets no colour pass that hides a text', () => {
  expect(visible('\u001b[8mhidden\u001b[28m \u009b2J')).toBe('\\u{1b}[8mhidden\\u{1b}[28m \\u{9b}2J');
});
