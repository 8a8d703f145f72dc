import { type AzureFailure, toAzureFailure } from '../azure/azure-failure.ts';
import { type Exchange, recordExchange } from '../azure/exchange.ts';
import { toStepError } from '../azure/to-step-error.ts';
import { type Finding, finding } from '../deployment/plan/finding.ts';
import { existingResourcesRule } from './existing-resources.ts';
import { immutableDifferencesRule } from './immutable-differences.ts';
import { keptUnhardened } from './kept-unhardened.ts';
import { locksRule } from './locks.ts';
import { permissionsRule } from './permissions.ts';
import { policiesRule } from './policies.ts';
import { providersRegistered } from './providers-registered.ts';
import { registryCredentialsRule } from './registry-credentials.ts';
import { registryName } from './registry-name.ts';
import type { Rule } from './rule.ts';
import { sourceImages } from './source-images.ts';
import { storageName } from './storage-name.ts';
import { subnetRule } from './subnet.ts';
import { type PreflightInput, type Surroundings, surroundingsOf } from './surroundings.ts';
import { vaultName } from './vault-name.ts';
import { vcpuQuota } from './vcpu-quota.ts';
import { vmSizeRule } from './vm-size.ts';

const rules: readonly Rule[] = [
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
  /** Why rules could not look, one for each that could not. */
  readonly failures: readonly AzureFailure[];
}

/** Looks at everything at once, and changes nothing. A rule that cannot look says so and stops none of the others. */
export const runPreflight = async (input: PreflightInput): Promise<PreflightReport> => {
  const surroundings = surroundingsOf(input);
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
      const message = `Whether ${rule.question} could not be checked: ${code}: ${reason}`;
      return { findings: [finding('not-checked', message)], failure };
    }
  });
};
