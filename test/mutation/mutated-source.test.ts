import { expect, it } from 'vitest';
import { mutatedSource, originalText } from '../../bench/mutation/mutated-source.ts';

const SOURCE = `const a = 1;\nconst b = a > 1 ? 'x' :\n  'y';\n`;

it('replaces what stands at the place of the mutant', () => {
  const location = { start: { line: 1, column: 10 }, end: { line: 1, column: 15 } };
  expect(originalText(SOURCE, location)).toBe('a > 1');
  expect(mutatedSource(SOURCE, { location, replacement: 'true' })).toBe(
    `const a = 1;\nconst b = true ? 'x' :\n  'y';\n`,
  );
});

it('replaces several lines', () => {
  const location = { start: { line: 1, column: 18 }, end: { line: 2, column: 5 } };
  expect(originalText(SOURCE, location)).toBe(`'x' :\n  'y'`);
});
