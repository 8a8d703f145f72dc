import { expect, it } from 'vitest';
import { outputsOfInstance } from '../../../src/deployment/run/outputs-of-instance.ts';
import { anInstance } from '../../support/an-instance.ts';

const output = { outputs: { CLUSTER: 'a' } };

it.each([
  [{ runtimeStatus: 'Completed', output }, { CLUSTER: 'a' }],
  [{ runtimeStatus: 'Completed', output: { outputs: { CLUSTER: 'a', NODES: 3 }, steps: 'many' } }, { CLUSTER: 'a' }],
  [{ runtimeStatus: 'Completed', output: { outputs: 'a' } }, undefined],
  [{ runtimeStatus: 'Completed', output: '☂' }, undefined],
  [{ runtimeStatus: 'Completed' }, undefined],
  [{ runtimeStatus: 'Running', output }, undefined],
  [{ runtimeStatus: 'Failed', output }, undefined],
  [{ runtimeStatus: 'Completed', customStatus: { cancelled: true }, output }, undefined],
])('the outputs of %j are %j', (instance, outputs) => {
  expect(outputsOfInstance(anInstance(instance))).toEqual(outputs);
});
