import { expect, it } from 'vitest';
import { undoOrder } from '../../src/steps/undo-order.ts';

it('the last created is deleted first, but the roles of the cluster only after it', () => {
  expect(undoOrder().map(({ name }) => name)).toEqual([
    'lock',
    'connect',
    'federated-credential',
    'vault-access',
    'logs-access',
    'secrets',
    'image',
    'cluster',
    'network-access',
    'acr-pull',
    'container',
    'storage',
    'registry',
    'ssh-key',
    'key-vault',
    'identity',
    'resource-group',
  ]);
});
