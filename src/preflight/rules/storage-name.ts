import { armClients } from '../../azure/arm-clients.ts';
import { isOwnedBy } from '../../deployment/names/owner-tag.ts';
import { finding } from '../../deployment/plan/finding.ts';
import type { Rule } from './rule.ts';

/** Azure says "taken" for an account of one's own too, and for one that is not visible yet because it is being created. */
export const storageName: Rule = {
  question: "the storage account's name is free",
  async check({ deployment, storage, group }) {
    if (await storage()) return [];
    const { storageAccountName: name, id } = deployment;
    const { storageAccounts } = armClients(deployment.subscriptionId).storage;
    const { nameAvailable } = await storageAccounts.checkNameAvailability({
      name,
      type: 'Microsoft.Storage/storageAccounts',
    });
    if (nameAvailable !== false) return [];
    const mayBeOurs = isOwnedBy(id, (await group())?.tags);
    return mayBeOurs
      ? [
          finding(
            'storage-name-taken',
            `${name} is taken, perhaps by the account that an earlier run began to create.`,
            'storage',
            'warning',
          ),
        ]
      : [finding('storage-name-taken', `Somebody else has a storage account called ${name}.`, 'storage')];
  },
};
