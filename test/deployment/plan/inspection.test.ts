import { expect, it } from 'vitest';
import { inspectExistence } from '../../../src/deployment/plan/inspection.ts';

it.each([
  [true, 'unchanged'],
  [false, 'create'],
])('what has only one thing to it is there (%s), or is created', (exists, action) => {
  expect(inspectExistence('/x', exists, 7)).toEqual({ action, changes: [], resourceId: '/x', value: 7 });
});
