import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { stepsPage } from '../../bench/docs/steps-page.ts';

test('docs/steps.md is what `npm run docs` writes', () => {
  expect(readFileSync(new URL('../../docs/steps.md', import.meta.url), 'utf8')).toBe(stepsPage());
});
