import { expect, it } from 'vitest';
import { managed } from '../../../src/activities/reconcile/managed.ts';
import { aResource } from '../../support/a-resource.ts';

it('a plan and a run compare the same description of a resource', async () => {
  const { inspect, apply } = managed(async (size: number) => aResource({ location: 'eastus', size }));
  expect(await inspect(2)).toMatchObject({ action: 'update', value: { size: 2 } });
  expect(await apply(2, undefined)).toMatchObject({ kind: 'running', checkpoint: expect.stringContaining('updated') });
});

it('a run goes on from its checkpoint', async () => {
  const { apply } = managed((size: number) => aResource({ location: 'eastus', size }));
  expect(await apply(2, '{"sent":"created"}')).toMatchObject({ kind: 'done', change: 'created' });
});
