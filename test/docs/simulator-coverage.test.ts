import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { coveragePage } from '../../local/azure-simulator/coverage/coverage-page.ts';

test('docs/simulator-coverage.md is what `npm run docs` writes', () => {
  const page = readFileSync(new URL('../../docs/simulator-coverage.md', import.meta.url), 'utf8');
  expect(page).toBe(coveragePage());
});
