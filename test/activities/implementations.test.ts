import { expect, it } from 'vitest';
import { implementationOf } from '../../src/activities/implementation-of.ts';
import { implementations } from '../../src/activities/implementations.ts';
import { allSteps } from '../../src/steps/all-steps.ts';

it('every step has its implementation', () => {
  for (const { name } of allSteps) expect(implementationOf(name).name).toBe(name);
  expect(Object.entries(implementations).filter(([name, { name: own }]) => name !== own)).toEqual([]);
});

it('an unknown step has none', () => {
  expect(() => implementationOf('other')).toThrow('There is no implementation of the step other.');
});

it('an inspection refuses an input that is not of its step', async () => {
  await expect(async () => implementationOf('cluster').inspect({})).rejects.toThrow('clusterName');
});
