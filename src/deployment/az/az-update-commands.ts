import type { Difference } from '../plan/inspection.ts';
import type { PlanStep } from '../plan/plan.ts';
import type { Deployment } from '../request/resolve-deployment.ts';
import { flag, shellWord } from './az-words.ts';

/** The changes of an update as `az` commands; one that no command is known for stands in a comment. */
export const azUpdateCommands = (deployment: Deployment, step: PlanStep | undefined): readonly string[] => {
  if (!step) return [];
  const tags = step.changes.filter(({ property }) => property.startsWith('tags.'));
  const merged = tags.map(({ property, to }) => shellWord(`${property.slice('tags.'.length)}=${to}`)).join(' ');
  const others = step.changes.filter((change) => !tags.includes(change));
  return [
    ...others.map((change) => commandOf(deployment, change)),
    ...(tags.length > 0
      ? [`az tag update ${flag('resource-id', step.resourceId)} --operation Merge --tags ${merged}`]
      : []),
  ];
};

const commandOf = (deployment: Deployment, { property, from, to }: Difference): string => {
  const { keyVaultName, cluster, registryName, storageAccountName } = deployment;
  const updateVault = `az keyvault update ${flag('name', keyVaultName)}`;
  const updateAccount = `az storage account update ${flag('name', storageAccountName)}`;
  const aks = (verb: string, options: string): string =>
    `az aks ${verb} ${flag('resource-group', deployment.resourceGroupName)} ${flag('name', deployment.clusterName)} ${options}`;
  const setSecret = `az keyvault secret set ${flag('vault-name', keyVaultName)} ${flag('name', property)}`;
  const commands: Readonly<Record<string, string>> = {
    'cluster.nodeCount': aks('scale', flag('node-count', to)),
    'cluster.tier': aks('update', flag('tier', to.toLowerCase())),
    'cluster.autoUpgradeChannel': aks('update', flag('auto-upgrade-channel', to)),
    'cluster.nodeOsUpgradeChannel': aks('update', flag('node-os-upgrade-channel', to)),
    'cluster.kubernetesVersion': aks('upgrade', flag('kubernetes-version', to)),
    'cluster.sshPublicKey': aks('update', `--ssh-key-value ${shellWord(cluster.sshPublicKey ?? '')}`),
    'oidcIssuerProfile.enabled': aks('update', '--enable-oidc-issuer'),
    'securityProfile.workloadIdentity.enabled': aks('update', '--enable-workload-identity'),
    'storageProfile.blobCSIDriver.enabled': aks('update', '--enable-blob-driver'),
    'accessPolicies.caller': `az keyvault set-policy ${flag('name', keyVaultName)} --object-id $(az ad signed-in-user show --query id --output tsv) --key-permissions all --secret-permissions all --certificate-permissions all`,
    'accessPolicies.secrets': `az keyvault set-policy ${flag('name', keyVaultName)} --object-id $MY_IDENTITY_NAME_PRINCIPAL_ID --secret-permissions ${to}`,
    recovered: `az keyvault recover ${flag('name', keyVaultName)} ${flag('location', deployment.location)}`,
    'AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-NAME': `${setSecret} ${flag('value', deployment.storageAccountName)}`,
    'AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-KEY': `${setSecret} --value $AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_KEY`,
    enableRbacAuthorization: `${updateVault} --enable-rbac-authorization true`,
    enablePurgeProtection: `${updateVault} --enable-purge-protection true`,
    adminUserEnabled: `az acr update ${flag('name', registryName)} --admin-enabled false`,
    minimumTlsVersion: `${updateAccount} --min-tls-version ${to}`,
    allowSharedKeyAccess: `${updateAccount} --allow-shared-key-access false`,
    'aadProfile.managed': aks('update', '--enable-aad'),
    'aadProfile.enableAzureRBAC': aks('update', '--enable-azure-rbac'),
    'cluster.adminGroupObjectIds': aks('update', flag('aad-admin-group-object-ids', to.replaceAll(' ', ''))),
    disableLocalAccounts: aks('update', '--disable-local-accounts'),
    'apiServerAccessProfile.authorizedIPRanges': aks(
      'update',
      flag('api-server-authorized-ip-ranges', to.replaceAll(' ', '')),
    ),
    issuer: `az identity federated-credential update --name external-secret-operator ${flag('identity-name', deployment.identityName)} ${flag('resource-group', deployment.resourceGroupName)} --issuer $OIDC_URL`,
  };
  return commands[property] ?? `# ${property}: from ${from} to ${to}`;
};
