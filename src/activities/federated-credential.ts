import { armClients } from '../azure/arm-clients.ts';
import { currentCloud } from '../azure/cloud.ts';
import { findOrUndefined } from '../azure/find-or-undefined.ts';
import { resourceId } from '../deployment/resource-ids.ts';
import { federatedCredential } from '../deployment/step-contracts.ts';
import { differing } from './differences.ts';
import { stepActivity } from './step-activity.ts';

/** Lets the Kubernetes service account sign in as the managed identity. */
export const federatedCredentialActivity = stepActivity(federatedCredential, async (input) => {
  const { resourceGroupName, identityName, credentialName, issuer, subject } = input;
  const credentials = armClients(input.subscriptionId).identities.federatedIdentityCredentials;
  const identity = resourceId(input, 'Microsoft.ManagedIdentity/userAssignedIdentities', identityName);
  const id = `${identity}/federatedIdentityCredentials/${credentialName}`;
  const audience = currentCloud().federationAudience;
  const value = { id };

  const existing = await findOrUndefined(credentials.get(resourceGroupName, identityName, credentialName));
  const changed = differing({
    issuer: [existing?.issuer, issuer],
    subject: [existing?.subject, subject],
    audiences: [existing?.audiences?.join(), audience],
  });
  if (existing && changed.length === 0) return { kind: 'done', value, change: 'unchanged', resourceId: id };

  await credentials.createOrUpdate(resourceGroupName, identityName, credentialName, {
    issuer,
    subject,
    audiences: [audience],
  });
  return existing
    ? { kind: 'done', value, change: 'updated', changed, resourceId: id }
    : { kind: 'done', value, change: 'created', resourceId: id };
});
