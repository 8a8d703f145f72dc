import { expect, it } from 'vitest';
import { visible } from '../../cli/output/terminal.ts';

it('shows what others wrote, and does nothing that it says to the terminal', () => {
  const reason = 'no\r\u001b[2J\u001b]0;title\u0007 \u202eylppA\u2069\u0000';
  expect(visible(reason)).toBe('no\ufffd\ufffd[2J\ufffd]0;title\ufffd \ufffdylppA\ufffd\ufffd');
  expect(visible('\u001b[32mcreated\u001b[39m\ttwo\nlines')).toBe('\u001b[32mcreated\u001b[39m\ttwo\nlines');
});
