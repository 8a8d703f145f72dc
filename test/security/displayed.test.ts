import { expect, it } from 'vitest';
import { displayed as onTerminal } from '../../command-line/displayed.ts';
import { createTerminalLog } from '../../local/functions-host/settings/terminal-log.ts';
import { displayed } from '../../src/deployment/names/text/displayed.ts';
import { isPlainText } from '../../src/deployment/names/text/is-plain-text.ts';
import { logText } from '../../src/telemetry/log-text.ts';

const everyUnit = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));

/** Unicode's own lists: controls, separators of lines, bidirectional controls, the byte order mark. */
const UNSEEN = /^[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]$/u;

it('writes out every character that is obeyed instead of shown, and no other', () => {
  for (const character of everyUnit) {
    const isShown = character === '\n' || character === '\t' || !UNSEEN.test(character);
    const written = isShown ? character : `\\u{${character.charCodeAt(0).toString(16)}}`;
    expect(displayed(`a${character}b`)).toBe(`a${written}b`);
  }
});

it('is the same for the service and for the programs of the command line', () => {
  for (const character of everyUnit) expect(onTerminal(character)).toBe(displayed(character));
});

it('callers may send none of them in a text that others read', () => {
  for (const character of everyUnit) expect(isPlainText(`a${character}b`)).toBe(!UNSEEN.test(character));
});

it('a line of the log holds neither secrets nor what a terminal obeys', () => {
  expect(logText('password=hunter2 \u009b2J \u202eevil')).toBe('password=[redacted] \\u{9b}2J \\u{202e}evil');
});

it('the terminal log of the local host shows what an app wrote, and does nothing that it says', () => {
  const lines: string[] = [];
  const log = createTerminalLog({ now: () => 0, write: (line) => void lines.push(line), colour: false });
  log('information', 'Function.x.User', 'a\u001b]0;title\u0007\nb\u2028c');
  expect(lines).toEqual([`[1970-01-01T00:00:00.000Z] a\\u{1b}]0;title\\u{7}\n${' '.repeat(27)}b\\u{2028}c`]);
});
