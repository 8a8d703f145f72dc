import { expect, it } from 'vitest';
import { managed } from '../../../src/activities/reconcile/managed.ts';
import { aResource } from '../../support/a-resource.ts';

interface Input {
  readonly size: number;
  readonly consent?: undefined;
}

it('a plan and a run compare the same description of a resource', async () => {
  const { inspect, apply } = managed(async ({ size }: Input) => aResource({ location: 'eastus', size }));
  expect(await inspect({ size: 2 })).toMatchObject({ action: 'update', value: { size: 2 } });
  expect(await apply({ size: 2 }, undefined)).toMatchObject({
    kind: 'running',
    checkpoint: expect.stringContaining('updated'),
  });
});

it('a run goes on from its checkpoint', async () => {
  const { apply } = managed(({ size }: Input) => aResource({ location: 'eastus', size }));
  expect(await apply({ size: 2 }, '{"sent":"created"}')).toMatchObject({ kind: 'done', change: 'created' });
});
