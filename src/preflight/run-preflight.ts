import { type Exchange, recordExchange } from '../azure/exchange.ts';
import { type AzureFailure, toAzureFailure } from '../azure/failures/azure-failure.ts';
import { toStepError } from '../azure/failures/to-step-error.ts';
import { type Finding, notChecked } from '../deployment/plan/finding.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import { consentRule } from './rules/consent.ts';
import { existingResourcesRule } from './rules/existing-resources.ts';
import { immutableDifferencesRule } from './rules/immutable-differences.ts';
import { keptUnhardened } from './rules/kept-unhardened.ts';
import { locksRule } from './rules/locks.ts';
import { permissionsRule } from './rules/permissions.ts';
import { policiesRule } from './rules/policies.ts';
import { providersRegistered } from './rules/providers-registered.ts';
import { registryCredentialsRule } from './rules/registry-credentials.ts';
import { registryName } from './rules/registry-name.ts';
import type { Rule } from './rules/rule.ts';
import { sourceImages } from './rules/source-images.ts';
import { storageName } from './rules/storage-name.ts';
import { subnetRule } from './rules/subnet.ts';
import { subscriptionRule } from './rules/subscription.ts';
import { vaultName } from './rules/vault-name.ts';
import { vcpuQuota } from './rules/vcpu-quota.ts';
import { vmSizeRule } from './rules/vm-size.ts';
import { type Surroundings, surroundingsOf } from './surroundings.ts';

const rules: readonly Rule[] = [
  // First among the errors: nothing else that a plan says of a foreign resource matters before.
  consentRule,
  subscriptionRule,
  providersRegistered,
  immutableDifferencesRule,
  existingResourcesRule,
  keptUnhardened,
  subnetRule,
  locksRule,
  permissionsRule,
  registryName,
  storageName,
  vaultName,
  vmSizeRule,
  vcpuQuota,
  policiesRule,
  registryCredentialsRule,
  sourceImages,
];

export interface PreflightReport {
  /** Errors first. */
  readonly findings: readonly Finding[];
  /** Why rules could not be checked, one for each that could not. */
  readonly failures: readonly AzureFailure[];
}

/** Checks all rules at once, and changes nothing. A rule that cannot be checked says so and stops none of the others. */
export const runPreflight = async (deployment: Deployment): Promise<PreflightReport> => {
  const surroundings = surroundingsOf(deployment);
  const outcomes = await Promise.all(rules.map((rule) => runRule(rule, surroundings)));
  const findings = outcomes.flatMap(({ findings }) => findings);
  return {
    findings: findings.toSorted((a, b) => gravity(b) - gravity(a)),
    failures: outcomes.flatMap(({ failure }) => failure ?? []),
  };
};

const gravity = ({ severity }: Finding): number => (severity === 'error' ? 1 : 0);

const runRule = (
  rule: Rule,
  surroundings: Surroundings,
): Promise<{ readonly findings: readonly Finding[]; readonly failure?: AzureFailure }> => {
  const exchange: Exchange = {};
  return recordExchange(exchange, async () => {
    try {
      return { findings: await rule.check(surroundings) };
    } catch (error) {
      const failure = toAzureFailure(error, exchange);
      const { code, message: reason } = toStepError(failure);
      const unchecked = notChecked(rule.question, `${code}: ${reason}`);
      return { findings: [{ ...unchecked, ...(rule.field !== undefined && { field: rule.field }) }], failure };
    }
  });
};
