import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toShellExports } from '../../src/status/outputs.ts';

/** What a shell has in `NAME` after evaluating the lines. */
const evaluate = (lines: string): string =>
  execFileSync('sh', ['-c', `${lines}printf %s "$NAME"`], { encoding: 'utf8' });

describe('outputs as shell lines', () => {
  it.each(['plain', "it's", '$(reboot)', '`x`', 'a"b', 'back\\slash', 'two\nlines', ''])(
    'give a shell exactly the value %j',
    (value) => {
      expect(evaluate(toShellExports({ NAME: value }))).toBe(value);
    },
  );

  it('give a shell any printable value', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (value) => {
        fc.pre(!value.includes('\0'));
        expect(evaluate(toShellExports({ NAME: value }))).toBe(value);
      }),
      { numRuns: 25 },
    );
  });
});
