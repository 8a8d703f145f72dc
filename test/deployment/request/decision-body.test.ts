import { expect, it } from 'vitest';
import { decisionBodySchema } from '../../../src/deployment/request/decision-body.ts';

it.each([
  [{}, {}],
  [
    { by: ' Ada ', reason: ' Fine. ', run: 'r1' },
    { by: 'Ada', reason: 'Fine.', run: 'r1' },
  ],
  [
    { by: 'x'.repeat(128), reason: 'x'.repeat(500) },
    { by: 'x'.repeat(128), reason: 'x'.repeat(500) },
  ],
])('%j is a decision', (body, decision) => {
  expect(decisionBodySchema.parse(body)).toEqual(decision);
});

it.each([
  [{ by: 7 }, 'must be the name of the person who decides'],
  [{ by: ' ' }, 'must not be empty'],
  [{ by: 'x'.repeat(129) }, 'must have at most 128 characters'],
  [{ by: 'two\nlines' }, 'must be one line without control characters'],
  [{ reason: 7 }, 'must be a text'],
  [{ reason: ' ' }, 'must not be empty'],
  [{ reason: 'x'.repeat(501) }, 'must have at most 500 characters'],
  [{ reason: 'two\nlines' }, 'must be one line without control characters'],
  [{ run: 7 }, 'must be a text'],
])('%j is none: %s', (body, message) => {
  const { error } = decisionBodySchema.safeParse(body);
  expect(error?.issues.map((issue) => issue.message)).toEqual([message]);
});

it('what is not known is refused', () => {
  expect(decisionBodySchema.safeParse({ because: 'x' }).success).toBe(false);
});
