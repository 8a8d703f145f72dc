import { z } from 'zod';
import { askResourceManager } from '../../azure/resource-manager-request.ts';
import { type Finding, finding } from '../../deployment/plan/finding.ts';
import { groupPath } from '../group-path.ts';
import { type PlannedResource, plannedResources } from '../planned-resources.ts';
import type { Rule } from './rule.ts';

/** Source: azure-rest-api-specs, Microsoft.PolicyInsights 2023-03-01, PolicyRestrictions_CheckAtResourceGroupScope. */
const answerSchema = z.object({
  contentEvaluationResult: z
    .object({
      policyEvaluations: z
        .array(
          z.object({
            policyInfo: z
              .object({ policyAssignmentId: z.string().nullish(), policyDefinitionId: z.string().nullish() })
              .nullish(),
            evaluationResult: z.string().nullish(),
            effectDetails: z.object({ policyEffect: z.string().nullish() }).nullish(),
          }),
        )
        .nullish(),
    })
    .nullish(),
});

/** Asks Azure Policy about each resource that is to be created: a deny shows here before it shows as RequestDisallowedByPolicy. */
export const policiesRule: Rule = {
  question: "the organisation's policies allow the resources",
  async check(surroundings) {
    const scope = await groupPath(surroundings);
    const planned = await plannedResources(surroundings);
    return (await Promise.all(planned.map((resource) => checkPolicies(scope, resource)))).flat();
  },
};

const checkPolicies = async (scope: string, { step, apiVersion, content }: PlannedResource): Promise<Finding[]> => {
  const path = `${scope}/providers/Microsoft.PolicyInsights/checkPolicyRestrictions?api-version=2023-03-01`;
  const body = { resourceDetails: { resourceContent: content, apiVersion } };
  const { contentEvaluationResult } = await askResourceManager('POST', path, answerSchema, body);
  const refusals = (contentEvaluationResult?.policyEvaluations ?? []).filter(
    ({ evaluationResult, effectDetails }) => evaluationResult === 'NonCompliant' && denies(effectDetails?.policyEffect),
  );
  return refusals.map(({ policyInfo }) => {
    const policy = policyInfo?.policyAssignmentId ?? policyInfo?.policyDefinitionId ?? 'a policy';
    return finding('policy-refuses', `${content.type} ${content.name} is denied by ${policy}.`, step);
  });
};

/** Only denials are asked for; an answer that does not name the effect is of one. */
const denies = (effect: string | null | undefined): boolean => (effect ? /^deny$/i.test(effect) : true);
