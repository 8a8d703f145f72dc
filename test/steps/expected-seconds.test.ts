import { expect, it } from 'vitest';
import { expectedSeconds } from '../../src/steps/expected-seconds.ts';

it.each([
  [{ create: 330, update: 90, unchanged: 2 }, 'create', 330],
  [{ create: 330, update: 90, unchanged: 2 }, 'update', 90],
  [{ create: 330, update: 90, unchanged: 2 }, 'unchanged', 2],
  [{ create: 5 }, 'update', 5],
  [{ create: 5 }, 'unchanged', 0],
  [{ create: 5, unchanged: 2 }, 'unknown', 5],
] as const)('of %j, a step with the action %s takes %i seconds', (usual, action, seconds) => {
  expect(expectedSeconds(usual, action)).toBe(seconds);
});
