import { z } from 'zod';
import type { ArmRequest } from '../../arm/arm-request.ts';
import { GROUP, type Route, SUBSCRIPTION } from '../../arm/route.ts';
import { type JsonObject, jsonObject, textAt } from '../../base/json.ts';
import { type Answer, json } from '../../http/answer.ts';
import { appliesTo, assignmentId, definitionId, type Policy } from '../../state/policy.ts';

const TYPE = 'Microsoft.PolicyInsights/checkPolicyRestrictions';

const schema = z.looseObject({
  resourceDetails: z.looseObject({
    resourceContent: jsonObject,
    apiVersion: z.string().nullish(),
    scope: z.string().nullish(),
  }),
  includeAuditEffect: z.boolean().nullish(),
});

/**
 * Which policies would be applied to a resource that does not exist yet. Shapes: azure-rest-api-specs, Microsoft.PolicyInsights 2023-03-01,
 * examples/PolicyRestrictions_CheckAtSubscriptionScope.json. Restrictions of single fields are left out: the content is evaluated as a whole.
 */
const check = (request: ArmRequest): Answer => {
  const { resourceDetails, includeAuditEffect } = request.content(schema);
  const { resourceContent } = resourceDetails;
  const applied = request.world.settings.values.policies.filter(
    (policy) =>
      (policy.effect === 'deny' || (policy.effect === 'audit' && includeAuditEffect)) &&
      appliesTo(policy, resourceContent),
  );
  return json(200, {
    fieldRestrictions: [],
    contentEvaluationResult: {
      policyEvaluations: applied.map((policy) => evaluation(request, policy, resourceContent)),
    },
  });
};

const evaluation = ({ subscriptionPath }: ArmRequest, policy: Policy, content: JsonObject): JsonObject => ({
  policyInfo: {
    policyDefinitionId: definitionId(subscriptionPath, policy),
    policyAssignmentId: assignmentId(subscriptionPath, policy),
  },
  evaluationResult: 'NonCompliant',
  evaluationDetails: {
    evaluatedExpressions: [
      {
        result: 'True',
        expressionKind: 'field',
        expression: policy.field,
        path: policy.field,
        ...(textAt(content, ...policy.field.split('.')) !== undefined && {
          expressionValue: textAt(content, ...policy.field.split('.')),
        }),
      },
    ],
  },
  effectDetails: { policyEffect: policy.effect === 'deny' ? 'Deny' : 'Audit' },
});

const route = (scope: string): Route => ({
  method: 'POST',
  path: `${scope}/providers/${TYPE}`,
  type: TYPE,
  action: `${TYPE}/read`,
  handle: check,
});

/** What Azure Policy would say. */
export const POLICY_ROUTES: Route[] = [route(SUBSCRIPTION), route(GROUP)];
