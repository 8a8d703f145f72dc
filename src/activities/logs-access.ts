import { BLOB_DATA_CONTRIBUTOR_ROLE_ID } from '../deployment/names/role-assignment-name.ts';
import { logsAccess } from '../steps/logs-access.ts';
import { implement } from './implement.ts';
import { roleGranted } from './reconcile/role-granted.ts';

/**
 * Lets the managed identity read and write the logs, where no key does: what the blob driver's mount by workload identity token takes.
 * Source: kubernetes-sigs/blob-csi-driver docs/workload-identity-static-pv-mount.md
 */
export const logsAccessImplementation = implement(
  logsAccess,
  roleGranted(({ subscriptionId, accountId, principalId }) => ({
    subscriptionId,
    scope: accountId,
    principalId,
    roleId: BLOB_DATA_CONTRIBUTOR_ROLE_ID,
  })),
);
