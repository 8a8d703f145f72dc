import { currentExchange } from '../../azure/exchange.ts';
import { type AzureFailure, toAzureFailure } from '../../azure/failures/azure-failure.ts';
import { currentCloud } from '../../azure/settings/cloud.ts';
import { type Finding, finding } from '../../deployment/plan/finding.ts';
import type { Surroundings } from '../surroundings.ts';
import { unlessForbidden } from '../unless-forbidden.ts';
import type { Rule } from './rule.ts';

/** How Resource Manager says that it has no such subscription, or that it belongs to another tenant than the service (Azure/azure-sdk-for-net issue 49391). */
const UNKNOWN = /^(SubscriptionNotFound|InvalidSubscriptionId|InvalidAuthenticationTokenTenant)$/;

/** Whether the subscription is there, and can be changed. */
export const subscriptionRule: Rule = {
  question: 'the subscription can be used',
  async check(surroundings) {
    const { subscriptionId } = surroundings.deployment;
    try {
      return stateFindings(subscriptionId, (await surroundings.subscription()).state);
    } catch (error) {
      const failure = toAzureFailure(error, currentExchange());
      if (UNKNOWN.test(failure.code)) return [unknown(subscriptionId, failure)];
      if (failure.status === 403) return forbiddenFindings(surroundings);
      throw error;
    }
  },
};

const unknown = (subscriptionId: string, { code, message }: AzureFailure): Finding =>
  finding(
    'subscription-not-found',
    `${currentCloud().name} has no subscription ${subscriptionId} for the service: ${code}: ${message}`,
  );

/** Source: https://learn.microsoft.com/azure/cost-management-billing/manage/subscription-states */
const stateFindings = (subscriptionId: string, state: string | undefined): Finding[] =>
  state === 'Disabled' || state === 'Deleted'
    ? [
        finding(
          'subscription-disabled',
          `The subscription ${subscriptionId} is ${state.toLowerCase()}: nothing in it can be changed.`,
        ),
      ]
    : [];

/** Rights on the resource group alone suffice. */
const forbiddenFindings = async ({ deployment, group }: Surroundings): Promise<Finding[]> => {
  const { subscriptionId, resourceGroupName } = deployment;
  const isReadable = await unlessForbidden(group().then(() => true));
  if (isReadable) return [];
  const message = `The service may read neither the subscription ${subscriptionId} nor its resource group ${resourceGroupName}.`;
  return [finding('subscription-forbidden', message)];
};
