import { cluster } from './cluster.ts';
import { identity } from './identity.ts';
import { keyVault } from './key-vault.ts';
import { registry } from './registry.ts';
import type { StepCore } from './step.ts';
import { storage } from './storage.ts';

/**
 * Whose resources a step's resource cannot work without. The pods of a cluster are pulled from the registry, sign in as the identity, read the vault's
 * secrets and write their logs; what else a deployment makes works by itself.
 */
export const neededBy = ({ name }: Pick<StepCore, 'name'>): readonly StepCore[] =>
  name === cluster.name ? [registry, identity, keyVault, storage] : [];
