import { finding } from '../../deployment/plan/finding.ts';
import { isUnregistered } from '../resource-providers.ts';
import { offerFindings } from './offer-findings.ts';
import type { Rule } from './rule.ts';

export const providersRegistered: Rule = {
  question: 'the resource providers are registered, and offer their resources in the location',
  async check({ deployment: { location }, providers }) {
    const all = await providers();
    const unregistered = all.filter(isUnregistered);
    return [
      ...offerFindings(location, all),
      ...unregistered.map(({ namespace, step }) =>
        finding('provider-not-registered', `The subscription is not registered for ${namespace}.`, step),
      ),
    ];
  },
};
