import { expect, it } from 'vitest';
import { doneAfter } from '../../../src/activities/reconcile/done-after.ts';

it.each([
  ['create', 'created'],
  ['update', 'updated'],
  ['unchanged', 'unchanged'],
] as const)('a step whose plan was to %s reports %s', (action, change) => {
  expect(doneAfter({ action, changes: [], resourceId: '/r' }, { id: 1 })).toStrictEqual({
    kind: 'done',
    value: { id: 1 },
    change,
    resourceId: '/r',
  });
});

it('the properties that changed are reported by their names', () => {
  const changes = ['a', 'b'].map((property) => ({ property, from: '1', to: '2' }));
  expect(doneAfter({ action: 'update', changes, resourceId: '/r' }, 1)).toMatchObject({ changed: ['a', 'b'] });
});
