import type { z } from 'zod';
import { armClients } from '../azure/arm-clients.ts';
import { findOrUndefined } from '../azure/find-or-undefined.ts';
import type { ReconcileResult } from '../deployment/driver/reconcile-result.ts';
import { resourceId } from '../deployment/names/resource-ids.ts';
import type { Inspection } from '../deployment/plan/inspection.ts';
import { federatedCredential } from '../steps/federated-credential.ts';
import { implement } from './implement.ts';
import { differing } from './reconcile/differences.ts';
import { doneAfter } from './reconcile/done-after.ts';

type Input = z.infer<typeof federatedCredential.input>;
type Value = z.infer<typeof federatedCredential.value>;

/**
 * The audience of the token that the service account presents. It is one for all clouds, though Microsoft lists others for the sovereign ones: these are for tokens of managed
 * identities. What is trusted here is what comes out of the cluster, and there AKS's webhook and the External Secrets Operator of the tutorial's next part have this
 * one built in (Azure/azure-workload-identity issue 1675; external-secrets, providers/v1/azure/keyvault, AzureDefaultAudience); `az identity federated-credential create`
 * takes it in all clouds too.
 */
const AUDIENCE = 'api://AzureADTokenExchange';

const inspectFederatedCredential = async (input: Input): Promise<Inspection<Value>> => {
  const { resourceGroupName, identityName, credentialName, issuer, subject } = input;
  const credentials = armClients(input.subscriptionId).identities.federatedIdentityCredentials;
  const identity = resourceId(input, 'Microsoft.ManagedIdentity/userAssignedIdentities', identityName);
  const id = `${identity}/federatedIdentityCredentials/${credentialName}`;
  const existing = await findOrUndefined(credentials.get(resourceGroupName, identityName, credentialName));
  if (!existing) return { action: 'create', changes: [], resourceId: id };
  const changes = differing({
    issuer: [existing.issuer, issuer],
    subject: [existing.subject, subject],
    audiences: [existing.audiences?.join(), AUDIENCE],
  });
  return { action: changes.length > 0 ? 'update' : 'unchanged', changes, resourceId: id, value: { id } };
};

/** Lets the Kubernetes service account sign in as the managed identity. */
const ensureFederatedCredential = async (input: Input): Promise<ReconcileResult<Value>> => {
  const { resourceGroupName, identityName, credentialName, issuer, subject } = input;
  const inspection = await inspectFederatedCredential(input);
  if (inspection.action !== 'unchanged') {
    const credentials = armClients(input.subscriptionId).identities.federatedIdentityCredentials;
    const audiences = [AUDIENCE];
    await credentials.createOrUpdate(resourceGroupName, identityName, credentialName, { issuer, subject, audiences });
  }
  return doneAfter(inspection, { id: inspection.resourceId });
};

export const federatedCredentialImplementation = implement(federatedCredential, {
  inspect: inspectFederatedCredential,
  apply: ensureFederatedCredential,
});
