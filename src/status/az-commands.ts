import { clusterCommand } from '../deployment/az/az-cluster-command.ts';
import { lockCommands } from '../deployment/az/az-lock-commands.ts';
import { azUpdateCommands } from '../deployment/az/az-update-commands.ts';
import { flag, tagFlags } from '../deployment/az/az-words.ts';
import { imageStepName } from '../deployment/driver/planned-steps.ts';
import { FEDERATED_CREDENTIAL_NAME, registryGroupOf, serviceAccountSubject } from '../deployment/driver/step-inputs.ts';
import { type CloudRules, tutorialCloud } from '../deployment/names/cloud-rules.ts';
import { atDigest, movedSource } from '../deployment/names/image.ts';
import { credentialsFor, type RegistryCredentials } from '../deployment/names/registry-credentials.ts';
import type { Finding } from '../deployment/plan/finding.ts';
import type { PlanStep } from '../deployment/plan/plan.ts';
import { hardenedStorage } from '../deployment/profile/hardening.ts';
import { isHardened } from '../deployment/profile/profile-differences.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';

/** What a person types for one step: what is to be done, and what is only read for the commands that follow. */
interface StepCommands {
  readonly step: string;
  readonly create: readonly string[];
  /** Where an update is no change of single properties. */
  readonly update?: readonly string[];
  readonly reads?: readonly string[];
}

/**
 * The same as `az` commands, in the order and wording of the tutorial, the last two of its next part, with the names decided. What needs no doing stands in comments.
 */
export const azCommands = (
  deployment: Deployment,
  plan: { readonly steps: readonly PlanStep[]; readonly findings: readonly Finding[] },
  cloud: CloudRules = tutorialCloud,
): readonly string[] => {
  const planned = new Map(plan.steps.map((step) => [step.name, step]));
  return [
    ...(cloud.name === tutorialCloud.name ? [] : [comment(`az cloud set ${flag('name', cloud.name)}`)]),
    comment(`az account set --subscription ${deployment.subscriptionId}`),
    ...tutorialCommands(deployment, plan).flatMap(({ step, create, update, reads = [] }) => {
      const { action = 'create' } = planned.get(step) ?? {};
      if (action === 'create') return [...create, ...reads];
      const updates = action === 'update' ? (update ?? azUpdateCommands(deployment, planned.get(step))) : [];
      return [...create.map(comment), ...updates, ...reads];
    }),
  ];
};

/** Every line of it: a value may hold several. */
const comment = (command: string): string => command.replaceAll(/^/gm, '# ');

const tutorialCommands = (
  deployment: Deployment,
  { steps, findings }: { readonly steps: readonly PlanStep[]; readonly findings: readonly Finding[] },
): readonly StepCommands[] => {
  const hardened = isHardened(deployment);
  const { identityName, keyVaultName, registryName, storageAccountName, clusterName } = deployment;
  const group = flag('resource-group', deployment.resourceGroupName);
  const registryGroup = flag('resource-group', registryGroupOf(deployment).resourceGroupName);
  const location = flag('location', deployment.location);
  const table = '--output table';
  const tags = tagFlags(deployment.tags);
  const command = (...words: readonly string[]): string => words.filter((word) => word !== '').join(' ');
  const read = (variable: string, query: string): string => `export ${variable}=$(${query} --output tsv)`;
  const showIdentity = command('az identity show', flag('name', identityName), group);
  return [
    {
      step: 'resource-group',
      create: [command('az group create', flag('name', deployment.resourceGroupName), location, tags, table)],
    },
    {
      step: 'identity',
      create: [command('az identity create', flag('name', identityName), group, tags, table)],
      reads: [
        read('MY_IDENTITY_NAME_ID', `${showIdentity} --query id`),
        read('MY_IDENTITY_NAME_PRINCIPAL_ID', `${showIdentity} --query principalId`),
        read('MY_IDENTITY_NAME_CLIENT_ID', `${showIdentity} --query clientId`),
      ],
    },
    {
      step: 'key-vault',
      create: [
        command(
          'az keyvault create',
          flag('name', keyVaultName),
          group,
          location,
          hardened
            ? '--enable-rbac-authorization true --enable-purge-protection true'
            : '--enable-rbac-authorization false',
          tags,
          table,
        ),
      ],
      reads: [
        read('KEYVAULTID', `az keyvault show ${flag('name', keyVaultName)} --query "id"`),
        read('KEYVAULTURL', `az keyvault show ${flag('name', keyVaultName)} --query "properties.vaultUri"`),
      ],
    },
    {
      step: 'registry',
      create: [
        command(
          'az acr create',
          flag('name', registryName),
          group,
          '--sku Premium',
          location,
          flag('admin-enabled', `${!hardened}`),
          tags,
          table,
        ),
      ],
      reads: [read('MY_ACR_REGISTRY_ID', `az acr show ${flag('name', registryName)} ${registryGroup} --query id`)],
    },
    {
      step: 'storage',
      create: [
        command(
          'az storage account create',
          flag('name', storageAccountName),
          group,
          location,
          '--sku Standard_ZRS',
          hardened ? `--min-tls-version ${hardenedStorage.minimumTlsVersion} --allow-shared-key-access false` : '',
          tags,
          table,
        ),
      ],
      reads: [
        ...(hardened
          ? [
              read(
                'AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_ID',
                `az storage account show ${flag('name', storageAccountName)} ${group} --query id`,
              ),
            ]
          : [
              `export AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_KEY=$(az storage account keys list ${flag('account-name', storageAccountName)} --query "[0].value" -o tsv)`,
            ]),
      ],
    },
    {
      step: 'container',
      create: [
        hardened
          ? // Through Resource Manager: there is no key, and who types this has no role on the blobs.
            command(
              'az storage container-rm create',
              flag('name', deployment.storageContainerName),
              flag('storage-account', storageAccountName),
              group,
              table,
            )
          : command(
              'az storage container create',
              flag('name', deployment.storageContainerName),
              flag('account-name', storageAccountName),
              table,
              '--account-key $AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_KEY',
            ),
      ],
    },
    hardened
      ? {
          step: 'logs-access',
          create: [roleCommand('Storage Blob Data Contributor', '$AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_ID')],
        }
      : { step: 'secrets', create: secretCommands(deployment) },
    {
      step: 'cluster',
      create: [clusterCommand(deployment)],
      reads: [
        read('OIDC_URL', `az aks show ${group} ${flag('name', clusterName)} --query oidcIssuerProfile.issuerUrl`),
        `export KUBELET_IDENTITY=$(az aks show ${flag('g', deployment.resourceGroupName)} ${flag('name', clusterName)} --output tsv --query identityProfile.kubeletidentity.objectId)`,
      ],
    },
    {
      step: 'acr-pull',
      create: [
        `az role assignment create --assignee \${KUBELET_IDENTITY} --role "AcrPull" --scope \${MY_ACR_REGISTRY_ID} ${table}`,
      ],
    },
    ...(deployment.existing?.subnetId === undefined
      ? []
      : [
          {
            step: 'network-access',
            // What `az aks create` does by itself once the cluster is there; sent again it changes nothing.
            create: [
              `az role assignment create --assignee $(az aks show ${group} ${flag('name', clusterName)} --query identity.principalId --output tsv) --role "Network Contributor" ${flag('scope', deployment.existing.subnetId)} ${table}`,
            ],
          },
        ]),
    {
      step: 'connect',
      create: [],
      reads: [
        command('az aks get-credentials', group, flag('name', clusterName), '--overwrite-existing', table),
        ...(hardened ? ['kubelogin convert-kubeconfig -l azurecli'] : []),
      ],
    },
    ...(deployment.lock === undefined
      ? []
      : [{ step: 'lock', create: lockCommands(deployment, steps.find(({ name }) => name === 'lock')?.resourceId) }]),
    ...deployment.images.map(({ source, image }) => {
      const step = imageStepName(image);
      const moved = findings.some((finding) => finding.rule === 'source-image-moved' && finding.step === step);
      const place = (moved ? movedSource(source) : undefined) ?? source;
      const digest = steps.find(({ name }) => name === step)?.changes.find(({ property }) => property === 'digest')?.to;
      const from = digest === undefined ? place : atDigest(place, digest);
      const importImage = command(
        'az acr import',
        flag('name', registryName),
        flag('source', from),
        flag('image', image),
        credentialFlags(credentialsFor(source, deployment.registryCredentials)),
      );
      // The tag is there, and is to point to another image.
      return { step, create: [importImage], update: [`${importImage} --force`] };
    }),
    {
      step: 'vault-access',
      create: [
        hardened && deployment.existing?.keyVaultId === undefined
          ? roleCommand('Key Vault Secrets User', '$KEYVAULTID')
          : command(
              'az keyvault set-policy',
              flag('name', keyVaultName),
              '--object-id $MY_IDENTITY_NAME_PRINCIPAL_ID --secret-permissions get',
              table,
            ),
      ],
    },
    {
      step: 'federated-credential',
      create: [
        command(
          'az identity federated-credential create',
          flag('name', FEDERATED_CREDENTIAL_NAME),
          flag('identity-name', identityName),
          group,
          '--issuer $OIDC_URL',
          flag('subject', serviceAccountSubject(deployment)),
          table,
        ),
      ],
    },
  ];
};

/** Gives the managed identity a role; as it is new, it is not looked up in the directory. */
const roleCommand = (role: string, scope: string): string =>
  `az role assignment create --assignee-object-id $MY_IDENTITY_NAME_PRINCIPAL_ID --assignee-principal-type ServicePrincipal --role "${role}" --scope ${scope} --output table`;

/** The values go from the vault into the command, not into the plan. */
const credentialFlags = (credentials: RegistryCredentials | undefined): string => {
  if (!credentials) return '';
  const value = (id: string): string => `"$(az keyvault secret show ${flag('id', id)} --query value --output tsv)"`;
  return `--username ${value(credentials.usernameSecretId)} --password ${value(credentials.passwordSecretId)}`;
};

const secretCommands = ({ keyVaultName, storageAccountName }: Deployment): readonly string[] => {
  const set = `az keyvault secret set ${flag('vault-name', keyVaultName)}`;
  return [
    `${set} --name AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-NAME ${flag('value', storageAccountName)}`,
    `${set} --name AKS-AIRFLOW-LOGS-STORAGE-ACCOUNT-KEY --value $AKS_AIRFLOW_LOGS_STORAGE_ACCOUNT_KEY`,
  ];
};
