import { isRestError } from '@azure/core-rest-pipeline';
import { armClients } from '../arm-clients.ts';
import { appIdentity } from '../credential.ts';

/** The tenant of a subscription. Who may not read the subscription has at least a token of its tenant. */
export const readTenant = async (subscriptionId: string): Promise<string> => {
  try {
    const { tenantId } = await armClients(subscriptionId).subscriptions.subscriptions.get(subscriptionId);
    if (tenantId) return tenantId;
  } catch (error) {
    if (!isRestError(error) || error.statusCode !== 403) throw error;
  }
  return (await appIdentity()).tenantId;
};
