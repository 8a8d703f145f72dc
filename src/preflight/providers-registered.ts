import { finding } from '../deployment/finding.ts';
import type { Rule } from './rule.ts';

export const providersRegistered: Rule = {
  question: 'the resource providers are registered',
  async check({ unregisteredProviders }) {
    return (await unregisteredProviders()).map(({ namespace, step }) =>
      finding('provider-not-registered', `The subscription is not registered for ${namespace}.`, step),
    );
  },
};
