import { expect, it } from 'vitest';
import { undoOrder } from '../../src/steps/undo-order.ts';

it('the last created is deleted first, but the role on the subnet only after the cluster', () => {
  expect(undoOrder().map(({ name }) => name)).toEqual([
    'lock',
    'connect',
    'federated-credential',
    'vault-access',
    'acr-pull',
    'logs-access',
    'secrets',
    'image',
    'cluster',
    'network-access',
    'container',
    'storage',
    'registry',
    'ssh-key',
    'key-vault',
    'identity',
    'resource-group',
  ]);
});
