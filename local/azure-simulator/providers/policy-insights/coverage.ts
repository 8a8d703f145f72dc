import { GROUP, SUBSCRIPTION } from '../../arm/route.ts';
import { declareService } from '../../http/service-declaration.ts';

const CHECK = 'providers/Microsoft.PolicyInsights/checkPolicyRestrictions';

/** Policies, asked beforehand. */
export const POLICY_COVERAGE = declareService({
  title: 'Policies',
  namespace: 'Microsoft.PolicyInsights',
  about:
    'What Azure Policy would deny of a resource that does not exist yet, by the policies of the setting `policies`. They hold for PUT and PATCH too: Resource Manager refuses what they deny, as RequestDisallowedByPolicy. Has no errors of its own.',
  shape: 'standard',
  errors: {},
  operations: [
    { route: `POST ${SUBSCRIPTION}/${CHECK}`, does: 'gives what policies say of a resource in the subscription' },
    { route: `POST ${GROUP}/${CHECK}`, does: 'gives what they say of one in the resource group' },
  ],
  differences: [
    'Policies have one condition each, on one field, named by its path in the body instead of an alias; effects are deny, audit and modify, which adds tags alone, where a type takes tags. They are no resources: only the setting makes them.',
    'Restrictions of single fields are not listed: fieldRestrictions is empty, and pendingFields is ignored.',
    'Every policy holds for the whole subscription, without exemptions, and applies at once.',
  ],
});
