import { describe, expect, it } from 'vitest';
import { finding } from '../../src/deployment/plan/finding.ts';
import type { PlanStep } from '../../src/deployment/plan/plan.ts';
import { azCommands } from '../../src/status/az-commands.ts';
import { allSteps } from '../../src/steps/all-steps.ts';
import { graphOf } from '../../src/steps/graph.ts';
import { aLocatedDeployment, GROUP, THEIRS, WITH_THEIRS } from '../support/a-located-deployment.ts';

/** The lines that a person runs for a deployment of which nothing exists, but for what the plan says of some steps. */
const script = (body: object, planned: Readonly<Record<string, Partial<PlanStep>>> = {}, moved: string[] = []) => {
  const deployment = aLocatedDeployment(body);
  const steps = graphOf(deployment).all.map(
    ({ name, step, waitsFor }): PlanStep => ({
      name,
      waitsFor,
      action: 'create',
      critical: false,
      usualSeconds: 0,
      resourceId: step.resourceId(deployment),
      changes: [],
      ...planned[name],
    }),
  );
  const findings = moved.map((step) => finding('source-image-moved', 'It has moved.', step));
  const lines = azCommands(deployment, { steps, findings });
  return lines.filter((line) => !line.startsWith('#'));
};

const IDENTITY = [
  'export MY_IDENTITY_NAME_ID=$(az identity show --name airflow-identity-123 --resource-group rg --query id --output tsv)',
  'export MY_IDENTITY_NAME_PRINCIPAL_ID=$(az identity show --name airflow-identity-123 --resource-group rg --query principalId --output tsv)',
  'export MY_IDENTITY_NAME_CLIENT_ID=$(az identity show --name airflow-identity-123 --resource-group rg --query clientId --output tsv)',
];
const CLUSTER = [
  'export OIDC_URL=$(az aks show --resource-group rg --name apache-airflow-aks --query oidcIssuerProfile.issuerUrl --output tsv)',
  'export KUBELET_IDENTITY=$(az aks show -g rg --name apache-airflow-aks --output tsv --query identityProfile.kubeletidentity.objectId)',
];
const ACR_PULL = `az role assignment create --assignee \${KUBELET_IDENTITY} --role "AcrPull" --scope \${MY_ACR_REGISTRY_ID} --output table`;
const CONNECT =
  'az aks get-credentials --resource-group rg --name apache-airflow-aks --overwrite-existing --output table';
const FEDERATED_CREDENTIAL =
  'az identity federated-credential create --name external-secret-operator --identity-name airflow-identity-123 --resource-group rg --issuer $OIDC_URL --subject system:serviceaccount:airflow:airflow --output table';
const AKS_CREATE =
  'az aks create --location canadacentral --name apache-airflow-aks --tier standard --resource-group rg --network-plugin azure --node-vm-size Standard_DS4_v2 --node-count 3 --auto-upgrade-channel stable --node-os-upgrade-channel NodeImage';
const AKS_FEATURES = '--enable-oidc-issuer --enable-blob-driver --enable-workload-identity --zones 1 2 3';

describe('the commands of a deployment', () => {
  it("are the tutorial's, with its tags", () => {
    expect(script({ tags: { team: 'data', owner: "O'Neill" } })).toEqual([
      "az group create --name rg --location canadacentral --tags team=data 'owner=O'\\''Neill' --output table",
      "az identity create --name airflow-identity-123 --resource-group rg --tags team=data 'owner=O'\\''Neill' --output table",
      ...IDENTITY,
      "az keyvault create --name airflow-kv --resource-group rg --location canadacentral --enable-rbac-authorization false --tags team=data 'owner=O'\\''Neill' --output table",
      'export KEYVAULTID=$(az keyvault show --name airflow-kv --query "id" --output tsv)',
      'export KEYVAULTURL=$(az keyvault show --name airflow-kv --query "properties.vaultUri" --output tsv)',
      "az acr create --name airflowacr --resource-group rg --sku Premium --location canadacentral --admin-enabled true --tags team=data 'owner=O'\\''Neill' --output table",
      'export MY_ACR_REGISTRY_ID=$(az acr show --name airflowacr --resource-group rg --query id --output tsv)',
      "az storage account create --name airflowlogs --resource-group rg --location canadacentral --sku Standard_ZRS --tags team=data 'owner=O'\\''Neill' --output table",
      'export AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_KEY=$(az storage account keys list --account-name airflowlogs --query "[0].value" -o tsv)',
      'az storage container create --name airflow-logs --account-name airflowlogs --output table --account-key $AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_KEY',
      'az keyvault secret set --vault-name airflow-kv --name AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-NAME --value airflowlogs',
      'az keyvault secret set --vault-name airflow-kv --name AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-KEY --value $AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_KEY',
      `${AKS_CREATE} --attach-acr airflowacr ${AKS_FEATURES} --generate-ssh-keys --tags team=data 'owner=O'\\''Neill' --output table`,
      ...CLUSTER,
      ACR_PULL,
      CONNECT,
      'az acr import --name airflowacr --source quay.io/prometheus/statsd-exporter:v1 --image statsd:v1',
      'az keyvault set-policy --name airflow-kv --object-id $MY_IDENTITY_NAME_PRINCIPAL_ID --secret-permissions get --output table',
      FEDERATED_CREDENTIAL,
    ]);
  });

  it('that is hardened use no keys', () => {
    expect(script({ profile: 'hardened' })).toEqual([
      'az group create --name rg --location canadacentral --output table',
      'az identity create --name airflow-identity-123 --resource-group rg --output table',
      ...IDENTITY,
      'az keyvault create --name airflow-kv --resource-group rg --location canadacentral --enable-rbac-authorization true --enable-purge-protection true --output table',
      'export KEYVAULTID=$(az keyvault show --name airflow-kv --query "id" --output tsv)',
      'export KEYVAULTURL=$(az keyvault show --name airflow-kv --query "properties.vaultUri" --output tsv)',
      'az acr create --name airflowacr --resource-group rg --sku Premium --location canadacentral --admin-enabled false --output table',
      'export MY_ACR_REGISTRY_ID=$(az acr show --name airflowacr --resource-group rg --query id --output tsv)',
      'az storage account create --name airflowlogs --resource-group rg --location canadacentral --sku Standard_ZRS --min-tls-version TLS1_2 --allow-shared-key-access false --output table',
      'export AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_ID=$(az storage account show --name airflowlogs --resource-group rg --query id --output tsv)',
      'az storage container-rm create --name airflow-logs --storage-account airflowlogs --resource-group rg --output table',
      'az role assignment create --assignee-object-id $MY_IDENTITY_NAME_PRINCIPAL_ID --assignee-principal-type ServicePrincipal --role "Storage Blob Data Contributor" --scope $AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_ID --output table',
      `${AKS_CREATE} --attach-acr airflowacr ${AKS_FEATURES} --no-ssh-key --enable-aad --enable-azure-rbac --disable-local-accounts --api-server-authorized-ip-ranges 0.0.0.0/32 --output table`,
      ...CLUSTER,
      ACR_PULL,
      CONNECT,
      'kubelogin convert-kubeconfig -l azurecli',
      'az acr import --name airflowacr --source quay.io/prometheus/statsd-exporter:v1 --image statsd:v1',
      'az role assignment create --assignee-object-id $MY_IDENTITY_NAME_PRINCIPAL_ID --assignee-principal-type ServicePrincipal --role "Key Vault Secrets User" --scope $KEYVAULTID --output table',
      FEDERATED_CREDENTIAL,
    ]);
  });

  const UNCHANGED = { action: 'unchanged' } as const;

  it('that uses what somebody else keeps create none of it', () => {
    const planned = { 'key-vault': UNCHANGED, registry: UNCHANGED };
    expect(script(WITH_THEIRS, planned)).toEqual([
      'az group create --name rg --location canadacentral --output table',
      'az identity create --name airflow-identity-123 --resource-group rg --output table',
      ...IDENTITY,
      'export KEYVAULTID=$(az keyvault show --name their-kv --query "id" --output tsv)',
      'export KEYVAULTURL=$(az keyvault show --name their-kv --query "properties.vaultUri" --output tsv)',
      'export MY_ACR_REGISTRY_ID=$(az acr show --name theiracr --resource-group theirs --query id --output tsv)',
      'az storage account create --name airflowlogs --resource-group rg --location canadacentral --sku Standard_ZRS --output table',
      'export AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_KEY=$(az storage account keys list --account-name airflowlogs --query "[0].value" -o tsv)',
      'az storage container create --name airflow-logs --account-name airflowlogs --output table --account-key $AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_KEY',
      'az keyvault secret set --vault-name their-kv --name AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-NAME --value airflowlogs',
      'az keyvault secret set --vault-name their-kv --name AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-KEY --value $AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_KEY',
      `${AKS_CREATE} --attach-acr ${THEIRS.registryId} ${AKS_FEATURES} --generate-ssh-keys --vnet-subnet-id ${THEIRS.subnetId} --output table`,
      ...CLUSTER,
      ACR_PULL,
      `az role assignment create --assignee $(az aks show --resource-group rg --name apache-airflow-aks --query identity.principalId --output tsv) --role "Network Contributor" --scope ${THEIRS.subnetId} --output table`,
      CONNECT,
      'az acr import --name theiracr --source quay.io/prometheus/statsd-exporter:v1 --image statsd:v1',
      'az keyvault set-policy --name their-kv --object-id $MY_IDENTITY_NAME_PRINCIPAL_ID --secret-permissions get --output table',
      FEDERATED_CREDENTIAL,
    ]);
  });

  it("that is hardened give the identity a policy in somebody else's vault", () => {
    const lines = script({ ...WITH_THEIRS, profile: 'hardened' });
    expect(lines.filter((line) => line.includes('set-policy'))).toEqual([
      'az keyvault set-policy --name their-kv --object-id $MY_IDENTITY_NAME_PRINCIPAL_ID --secret-permissions get --output table',
    ]);
  });

  it('lock the group', () => {
    const onGroup = { resourceId: `${GROUP}/providers/Microsoft.Authorization/locks/airflow-on-aks-rg` };
    const lines = script({ lock: 'CanNotDelete' }, { lock: onGroup });
    expect(lines.filter((line) => line.includes('lock'))).toEqual([
      'az lock create --name airflow-on-aks-rg --lock-type CanNotDelete --resource-group rg',
    ]);
  });

  it('lock the own resources in a group of somebody else, the last created first', () => {
    const body = { ...WITH_THEIRS, lock: 'CanNotDelete' };
    const onResource = { resourceId: `${GROUP}/providers/Microsoft.Storage/storageAccounts/airflowlogs/providers/…` };
    const lock = 'az lock create --name airflow-on-aks-rg --lock-type CanNotDelete --resource';
    expect(script(body, { lock: onResource }).filter((line) => line.includes('lock'))).toEqual([
      `${lock} ${GROUP}/providers/Microsoft.ContainerService/managedClusters/apache-airflow-aks`,
      `${lock} ${GROUP}/providers/Microsoft.Storage/storageAccounts/airflowlogs`,
      `${lock} ${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/airflow-identity-123`,
    ]);
  });
});

describe('the command of an import', () => {
  const imports = (...from: Parameters<typeof script>) =>
    script(...from).filter((line) => line.startsWith('az acr import'));
  const postgresql = { images: [{ source: 'docker.io/bitnami/postgresql:16', image: 'postgresql:16' }] };
  const DIGEST = `sha256:${'a'.repeat(64)}`;

  it('reads the credentials from the vault', () => {
    const credentials = {
      registry: 'docker.io',
      usernameSecretId: 'https://corp-kv.vault.azure.net/secrets/user',
      passwordSecretId: 'https://corp-kv.vault.azure.net/secrets/password',
    };
    expect(imports({ ...postgresql, registryCredentials: [credentials] })).toEqual([
      'az acr import --name airflowacr --source docker.io/bitnami/postgresql:16 --image postgresql:16 --username "$(az keyvault secret show --id https://corp-kv.vault.azure.net/secrets/user --query value --output tsv)" --password "$(az keyvault secret show --id https://corp-kv.vault.azure.net/secrets/password --query value --output tsv)"',
    ]);
  });

  it('names the place where the image is now', () => {
    expect(imports(postgresql, {}, ['image:postgresql:16'])).toEqual([
      'az acr import --name airflowacr --source docker.io/bitnamilegacy/postgresql:16 --image postgresql:16',
    ]);
    const elsewhere = 'az acr import --name airflowacr --source docker.io/bitnami/postgresql:16 --image postgresql:16';
    expect(imports(postgresql, {}, ['image:other:1'])).toEqual([elsewhere]);
    expect(imports({}, {}, ['image:statsd:v1'])).toEqual([
      'az acr import --name airflowacr --source quay.io/prometheus/statsd-exporter:v1 --image statsd:v1',
    ]);
  });

  it('is not changed by what else is found of the image', () => {
    const deployment = aLocatedDeployment(postgresql);
    const findings = [finding('source-image-missing', 'It is gone.', 'image:postgresql:16')];
    const commands = azCommands(deployment, { steps: [], findings });
    expect(commands.join('\n')).toContain(' --source docker.io/bitnami/postgresql:16 ');
  });

  it('names the digest that was planned', () => {
    const changes = [
      { property: 'other', from: 'a', to: 'b' },
      { property: 'digest', from: 'not set', to: DIGEST },
    ];
    expect(imports({}, { 'image:statsd:v1': { changes } })).toEqual([
      `az acr import --name airflowacr --source quay.io/prometheus/statsd-exporter@${DIGEST} --image statsd:v1`,
    ]);
  });

  it('overwrites a tag that points to another image', () => {
    expect(imports({}, { 'image:statsd:v1': { action: 'update' } })).toEqual([
      'az acr import --name airflowacr --source quay.io/prometheus/statsd-exporter:v1 --image statsd:v1 --force',
    ]);
  });
});

describe('the command that changes', () => {
  const deployment = aLocatedDeployment();
  const aks = (verb: string, options: string) =>
    `az aks ${verb} --resource-group rg --name apache-airflow-aks ${options}`;
  const commandFor = (name: string, property: string, to: string) =>
    allSteps.find((step) => step.name === name)?.updateCommand(deployment, { property, from: 'not set', to });

  it.each([
    [
      'key-vault',
      'accessPolicies.caller',
      'all',
      'az keyvault set-policy --name airflow-kv --object-id $(az ad signed-in-user show --query id --output tsv) --key-permissions all --secret-permissions all --certificate-permissions all',
    ],
    ['key-vault', 'recovered', 'recovered', 'az keyvault recover --name airflow-kv --location canadacentral'],
    [
      'key-vault',
      'enableRbacAuthorization',
      'true',
      'az keyvault update --name airflow-kv --enable-rbac-authorization true',
    ],
    [
      'key-vault',
      'enablePurgeProtection',
      'true',
      'az keyvault update --name airflow-kv --enable-purge-protection true',
    ],
    ['registry', 'adminUserEnabled', 'false', 'az acr update --name airflowacr --admin-enabled false'],
    ['storage', 'minimumTlsVersion', 'TLS1_2', 'az storage account update --name airflowlogs --min-tls-version TLS1_2'],
    [
      'storage',
      'allowSharedKeyAccess',
      'false',
      'az storage account update --name airflowlogs --allow-shared-key-access false',
    ],
    ['cluster', 'cluster.nodeCount', '5', aks('scale', '--node-count 5')],
    ['cluster', 'cluster.tier', 'Premium', aks('update', '--tier premium')],
    ['cluster', 'cluster.autoUpgradeChannel', 'rapid', aks('update', '--auto-upgrade-channel rapid')],
    ['cluster', 'cluster.nodeOsUpgradeChannel', 'None', aks('update', '--node-os-upgrade-channel None')],
    ['cluster', 'cluster.kubernetesVersion', '1.35', aks('upgrade', '--kubernetes-version 1.35')],
    ['cluster', 'cluster.sshPublicKey', 'another key', aks('update', "--ssh-key-value ''")],
    ['cluster', 'oidcIssuerProfile.enabled', 'true', aks('update', '--enable-oidc-issuer')],
    ['cluster', 'securityProfile.workloadIdentity.enabled', 'true', aks('update', '--enable-workload-identity')],
    ['cluster', 'storageProfile.blobCSIDriver.enabled', 'true', aks('update', '--enable-blob-driver')],
    ['cluster', 'aadProfile.managed', 'true', aks('update', '--enable-aad')],
    ['cluster', 'aadProfile.enableAzureRBAC', 'true', aks('update', '--enable-azure-rbac')],
    ['cluster', 'cluster.adminGroupObjectIds', 'a, b, c', aks('update', '--aad-admin-group-object-ids a,b,c')],
    ['cluster', 'disableLocalAccounts', 'true', aks('update', '--disable-local-accounts')],
    [
      'cluster',
      'apiServerAccessProfile.authorizedIPRanges',
      '198.51.100.0/24, 203.0.113.7/32, 203.0.113.8/32',
      aks('update', '--api-server-authorized-ip-ranges 198.51.100.0/24,203.0.113.7/32,203.0.113.8/32'),
    ],
    [
      'secrets',
      'AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-NAME',
      'changed',
      'az keyvault secret set --vault-name airflow-kv --name AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-NAME --value airflowlogs',
    ],
    [
      'secrets',
      'AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-KEY',
      'changed',
      'az keyvault secret set --vault-name airflow-kv --name AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-KEY --value $AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_KEY',
    ],
    [
      'vault-access',
      'accessPolicies.secrets',
      'get',
      'az keyvault set-policy --name airflow-kv --object-id $MY_IDENTITY_NAME_PRINCIPAL_ID --secret-permissions get',
    ],
    [
      'federated-credential',
      'issuer',
      'https://new',
      'az identity federated-credential update --name external-secret-operator --identity-name airflow-identity-123 --resource-group rg --issuer $OIDC_URL',
    ],
  ])('%s: %s to %s', (name, property, to, command) => {
    expect(commandFor(name, property, to)).toBe(command);
  });

  it('the SSH key gives the one of the request', () => {
    const sshPublicKey = 'ssh-rsa AAAA me@here';
    const withKey = { ...deployment, cluster: { ...deployment.cluster, sshPublicKey } };
    const [cluster] = allSteps.filter(({ name }) => name === 'cluster');
    const change = { property: 'cluster.sshPublicKey', from: 'another', to: 'fingerprint' };
    expect(cluster?.updateCommand(withKey, change)).toBe(aks('update', `--ssh-key-value '${sshPublicKey}'`));
  });

  it.each([
    ['cluster', 'cluster.zones'],
    ['cluster', 'toString'],
    ['storage', 'kind'],
    ['container', 'anything'],
  ])('%s: %s is not known', (name, property) => {
    expect(commandFor(name, property, 'x')).toBeUndefined();
  });
});
