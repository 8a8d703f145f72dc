import type { ArmRequest } from '../arm/arm-request.ts';
import { isJsonObject, type Json, type JsonObject, merged, objectAt, textAt, toObject } from '../base/json.ts';
import { HttpError } from '../http/http-error.ts';
import { appliesTo, assignmentId, definitionId, type Policy } from '../state/policy.ts';

/** A resource group's type to policies. */
const TYPE_TO_POLICIES: Record<string, string> = {
  'Microsoft.Resources/resourceGroups': 'Microsoft.Resources/subscriptions/resourceGroups',
};

/**
 * Refuses a write that a policy denies. The answer's shape: Azure/azure-cli#8058; of `additionalInfo` only what identifies the policy.
 *
 * @throws HttpError 403 RequestDisallowedByPolicy
 */
export const checkPolicies = (request: ArmRequest, type: string): void => {
  const { policies } = request.world.settings.values;
  if (policies.length === 0) return;
  const name = request.path.split('/').at(-1) ?? '';
  const resource = { ...contentOf(request), name, type: TYPE_TO_POLICIES[type] ?? type };
  const denying = policies.filter((policy) => policy.effect === 'deny' && appliesTo(policy, resource));
  if (denying.length === 0) return;
  const identifiers = denying.map((policy) => identifier(request, policy));
  throw new HttpError(
    403,
    'RequestDisallowedByPolicy',
    `Resource '${name}' was disallowed by policy. Policy identifiers: '${JSON.stringify(identifiers)}'.`,
    {
      target: name,
      additionalInfo: denying.map((policy) => ({ type: 'PolicyViolation', info: violation(request, policy) })),
      shape: 'standard',
    },
  );
};

/**
 * The body of a write after the policies with the effect modify, which come before those that deny
 * (learn.microsoft.com, azure/governance/policy/concepts/effect-basics, order of evaluation).
 */
export const modifiedByPolicies = (request: ArmRequest, type: string): Json | undefined => {
  const modifying = request.world.settings.values.policies.filter(({ effect }) => effect === 'modify');
  if (modifying.length === 0 || !isJsonObject(request.body)) return request.body;
  const resource = { ...contentOf(request), type: TYPE_TO_POLICIES[type] ?? type };
  // What has no location takes no tags either.
  if (textAt(resource, 'location') === undefined) return request.body;
  const added = modifying.filter((policy) => appliesTo(policy, resource)).map(({ tags = {} }) => tags);
  if (added.length === 0) return request.body;
  return { ...request.body, tags: Object.assign({}, objectAt(resource, 'tags'), ...added) };
};

/** A PATCH is judged by what comes of it. */
const contentOf = (request: ArmRequest): JsonObject => {
  const before = request.method === 'PATCH' ? request.world.resources.get(request.path) : undefined;
  return merged(before ? toObject(before) : {}, objectAt(request.body));
};

const identifier = ({ subscriptionPath }: ArmRequest, policy: Policy): JsonObject => {
  const name = policy.displayName ?? policy.name;
  return {
    policyAssignment: { name, id: assignmentId(subscriptionPath, policy) },
    policyDefinition: { name, id: definitionId(subscriptionPath, policy) },
  };
};

const violation = ({ subscriptionPath }: ArmRequest, policy: Policy): JsonObject => ({
  policyDefinitionDisplayName: policy.displayName ?? policy.name,
  policyDefinitionId: definitionId(subscriptionPath, policy),
  policyDefinitionName: policy.name,
  policyDefinitionEffect: policy.effect,
  policyAssignmentId: assignmentId(subscriptionPath, policy),
  policyAssignmentName: policy.name,
  policyAssignmentDisplayName: policy.displayName ?? policy.name,
});
