import { z } from 'zod';
import { roleCommand } from '../deployment/az/az-lines.ts';
import { isHardened } from '../deployment/profile/profile-differences.ts';
import { defineOptionalStep } from './define-step.ts';
import { identity } from './identity.ts';
import { resourceValue } from './input-fields.ts';
import { storage } from './storage.ts';

/** The managed identity's role on the logs: without shared keys the pods reach them by it. */
export const logsAccess = defineOptionalStep({
  name: 'logs-access',
  summary: 'Lets the managed identity read and write the logs.',
  when: isHardened,
  uses: { identity, storage },
  input: z.object({ subscriptionId: z.string(), accountId: z.string(), principalId: z.string() }),
  value: resourceValue,
  from: (deployment, { identity: { principalId } }) => ({
    subscriptionId: deployment.subscriptionId,
    accountId: storage.resourceId(deployment),
    principalId,
  }),
  unknown: { identity: "the identity's principal id", storage: 'who has access' },
  usualSeconds: { create: 4 },
  deadlineMinutes: 30,
  actions: [
    {
      action: 'Microsoft.Authorization/roleAssignments/write',
      why: 'in a hardened deployment lets the identity write logs',
      needed: 'write',
    },
  ],
  resourceId: storage.resourceId,
  actsOn: (deployment) => [storage.resourceId(deployment), identity.resourceId(deployment)],
  commandOrder: 7,
  commands: () => ({ create: [roleCommand('Storage Blob Data Contributor', '$AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_ID')] }),
});
