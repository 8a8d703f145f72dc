import { expect, it } from 'vitest';
import { z } from 'zod';
import { stepContract } from '../../../src/deployment/driver/step-contract.ts';

const contract = stepContract('count', z.object({ from: z.number() }), z.string(), 1.5);

it('an activity is known by its name, and fails when it is not done in time', () => {
  expect(contract).toMatchObject({ activity: 'count', deadlineSeconds: 90 });
});

it('takes its own input and gives its own value', () => {
  expect(contract.input.parse({ from: 1 })).toEqual({ from: 1 });
  expect(contract.input.safeParse({ from: '1' }).success).toBe(false);
  expect(contract.value.parse('three')).toBe('three');
  expect(contract.value.safeParse(3).success).toBe(false);
});

it.each([
  { kind: 'done', value: 'three', change: 'unchanged' },
  { kind: 'wait', requeueAfterSeconds: 5 },
  { kind: 'failed', error: { code: 'C', message: 'm', class: 'permanent' } },
])('reports %j', (report) => {
  expect(contract.report.parse(report)).toEqual(report);
});

it('reports no value of another kind', () => {
  expect(contract.report.safeParse({ kind: 'done', value: 3, change: 'unchanged' }).success).toBe(false);
});
