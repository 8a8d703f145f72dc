import { z } from 'zod';
import { command, groupFlag, TABLE } from '../deployment/az/az-lines.ts';
import { flag } from '../deployment/az/az-words.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import { cluster, UNKNOWN_CLUSTER } from './cluster.ts';
import { defineStep } from './define-step.ts';
import { identity } from './identity.ts';
import { groupFields, resourceValue } from './input-fields.ts';
import { groupOf } from './input-parts.ts';

/** The name that the tutorial's next part gives the federated credential. */
const CREDENTIAL_NAME = 'external-secret-operator';

/** The Kubernetes service account as a token names it. */
const subjectOf = ({ serviceAccountNamespace, serviceAccountName }: Deployment): string =>
  `system:serviceaccount:${serviceAccountNamespace}:${serviceAccountName}`;

/** The trust between the cluster's service account and the managed identity. */
export const federatedCredential = defineStep({
  name: 'federated-credential',
  summary: 'Lets the Kubernetes service account sign in as the managed identity.',
  uses: { cluster },
  dependsOn: [identity],
  input: z.object({
    ...groupFields,
    identityName: z.string(),
    credentialName: z.string(),
    issuer: z.string(),
    subject: z.string(),
  }),
  value: resourceValue,
  from: (deployment, { cluster: { oidcIssuerUrl } }) => ({
    ...groupOf(deployment),
    identityName: deployment.identityName,
    credentialName: CREDENTIAL_NAME,
    issuer: oidcIssuerUrl,
    subject: subjectOf(deployment),
  }),
  unknown: { cluster: UNKNOWN_CLUSTER },
  usualSeconds: { create: 3 },
  deadlineMinutes: 20,
  actions: [
    {
      action: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read',
      why: 'reads it',
      needed: 'always',
    },
    {
      action: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write',
      why: 'lets the Kubernetes service account sign in as the identity',
      needed: 'write',
    },
  ],
  resourceId: (deployment) => `${identity.resourceId(deployment)}/federatedIdentityCredentials/${CREDENTIAL_NAME}`,
  actsOn: (deployment) => [identity.resourceId(deployment), cluster.resourceId(deployment)],
  commandOrder: 15,
  commands: (deployment) => ({
    create: [
      command(
        'az identity federated-credential create',
        flag('name', CREDENTIAL_NAME),
        flag('identity-name', deployment.identityName),
        groupFlag(deployment),
        '--issuer $OIDC_URL',
        flag('subject', subjectOf(deployment)),
        TABLE,
      ),
    ],
  }),
  updates: {
    issuer: (deployment) =>
      `az identity federated-credential update ${flag('name', CREDENTIAL_NAME)} ${flag('identity-name', deployment.identityName)} ${groupFlag(deployment)} --issuer $OIDC_URL`,
  },
  outputs: ({ serviceAccountName, serviceAccountNamespace }) => ({
    SERVICE_ACCOUNT_NAME: serviceAccountName,
    SERVICE_ACCOUNT_NAMESPACE: serviceAccountNamespace,
  }),
});
