import { expect, it } from 'vitest';
import { allSteps } from '../../src/steps/all-steps.ts';
import type { RunFacts } from '../../src/steps/run-facts.ts';
import type { StepAction } from '../../src/steps/step.ts';

const NO_FACTS: RunFacts = {
  writes: () => false,
  ownRegistry: false,
  ownVault: false,
  keepsSecrets: false,
  unregistered: new Set(),
};

const FACTS: Readonly<Record<string, RunFacts>> = {
  'its own registry': { ...NO_FACTS, ownRegistry: true },
  'its own vault': { ...NO_FACTS, ownVault: true },
  'it keeps secrets': { ...NO_FACTS, keepsSecrets: true },
  'it writes vault-role': { ...NO_FACTS, writes: (step) => step === 'vault-role' },
  'it writes storage-key': { ...NO_FACTS, writes: (step) => step === 'storage-key' },
};

/** When a run fails without an action. */
const neededWhen = ({ needed }: StepAction): string => {
  if (typeof needed !== 'function') return needed ?? 'never';
  expect(needed(NO_FACTS)).toBe(false);
  const facts = Object.entries(FACTS).filter(([, fact]) => needed(fact));
  return facts.map(([name]) => name).join(', ');
};

it.each([
  [
    'resource-group',
    [
      ['Microsoft.Resources/subscriptions/resourceGroups/read', 'always', 'reads it'],
      [
        'Microsoft.Resources/subscriptions/resourceGroups/write',
        'write',
        'creates or tags it. Before the group exists this can be assigned on the subscription only',
      ],
    ],
  ],
  [
    'identity',
    [
      ['Microsoft.ManagedIdentity/userAssignedIdentities/read', 'always', 'reads it'],
      ['Microsoft.ManagedIdentity/userAssignedIdentities/write', 'write', 'creates or changes it'],
    ],
  ],
  [
    'key-vault',
    [
      [
        'Microsoft.KeyVault/locations/deletedVaults/read',
        'never',
        'whether a deleted vault is the one to recover, or to purge',
      ],
      ['Microsoft.KeyVault/vaults/read', 'its own vault', 'reads it'],
      ['Microsoft.KeyVault/vaults/write', 'write', 'creates, recovers, changes or repairs it'],
    ],
  ],
  ['ssh-key', []],
  [
    'registry',
    [
      ['Microsoft.ContainerRegistry/registries/operationStatuses/read', 'never', 'why a creation failed'],
      ['Microsoft.ContainerRegistry/registries/read', 'its own registry', 'reads it'],
      ['Microsoft.ContainerRegistry/registries/write', 'write', 'creates, changes or repairs it'],
    ],
  ],
  [
    'storage',
    [
      ['Microsoft.Storage/storageAccounts/read', 'always', 'reads it'],
      ['Microsoft.Storage/storageAccounts/write', 'write', 'creates, changes or repairs it'],
    ],
  ],
  [
    'container',
    [
      ['Microsoft.Storage/storageAccounts/blobServices/containers/read', 'always', 'reads it'],
      ['Microsoft.Storage/storageAccounts/blobServices/containers/write', 'write', 'creates it'],
    ],
  ],
  [
    'cluster',
    [
      ['Microsoft.ContainerService/locations/operations/read', 'never', 'why a creation or deletion failed'],
      ['Microsoft.ContainerService/managedClusters/read', 'always', 'reads it'],
      ['Microsoft.ContainerService/managedClusters/write', 'write', 'creates, changes or repairs it'],
      [
        'Microsoft.Network/virtualNetworks/subnets/join/action',
        'never',
        'with `existing.subnetId` only: puts the nodes into it',
      ],
    ],
  ],
  [
    'image',
    [
      [
        'Microsoft.ContainerRegistry/locations/operationResults/read',
        'write',
        "follows an import, and a registry's deletion",
      ],
      ['Microsoft.ContainerRegistry/registries/importImage/action', 'write', 'imports the images'],
    ],
  ],
  [
    'secrets',
    [
      ['Microsoft.KeyVault/vaults/secrets/read', 'it keeps secrets', "reads the secrets' tags; never a value"],
      [
        'Microsoft.KeyVault/vaults/secrets/write',
        'write',
        "writes the storage account's name and key, and the nodes' SSH key",
      ],
      [
        'Microsoft.Storage/storageAccounts/listkeys/action',
        'it writes storage-key',
        "the key that goes into the vault. It opens the account's data",
      ],
    ],
  ],
  [
    'logs-access',
    [
      [
        'Microsoft.Authorization/roleAssignments/write',
        'write',
        'in a hardened deployment lets the identity write logs',
      ],
    ],
  ],
  [
    'acr-pull',
    [
      [
        'Microsoft.Authorization/roleAssignments/read',
        'always',
        'whether a role is assigned already, to the cluster or to the service itself',
      ],
      [
        'Microsoft.Authorization/roleAssignments/write',
        'write',
        'lets the cluster pull from the registry; on an existing subnet lets it make load balancers',
      ],
    ],
  ],
  ['network-access', []],
  [
    'vault-access',
    [
      [
        'Microsoft.Authorization/roleAssignments/write',
        'it writes vault-role',
        'in a vault under RBAC lets the identity read secrets',
      ],
      [
        'Microsoft.KeyVault/vaults/accessPolicies/write',
        'write',
        "lets the identity read the vault's secrets. It opens the vault's data to whoever has it",
      ],
    ],
  ],
  [
    'federated-credential',
    [
      ['Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read', 'always', 'reads it'],
      [
        'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write',
        'write',
        'lets the Kubernetes service account sign in as the identity',
      ],
    ],
  ],
  [
    'connect',
    [
      [
        'Microsoft.ContainerService/managedClusters/listClusterUserCredential/action',
        'write',
        "sees the cluster's nodes, and answers `POST …/kubeconfig`. It opens the whole cluster, as local accounts are on",
      ],
    ],
  ],
  ['lock', [['Microsoft.Authorization/locks/write', 'write', 'with `lock` only: sets it']]],
])('the step %s takes these actions', (name, expected) => {
  const step = allSteps.find((each) => each.name === name);
  expect(step?.actions.map((action) => [action.action, neededWhen(action), action.why])).toEqual(expected);
});
