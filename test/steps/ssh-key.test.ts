import { describe, expect, it } from 'vitest';
import { generatesSshKey } from '../../src/steps/input-parts.ts';
import { sshSecretName } from '../../src/steps/ssh-key.ts';
import { aLocatedDeployment } from '../support/a-located-deployment.ts';
import { anSshPublicKey } from '../support/an-ssh-public-key.ts';

describe("the nodes' SSH key", () => {
  it('is made where the caller brings none and the deployment is not hardened', () => {
    const cluster = { sshPublicKey: anSshPublicKey() };
    expect(generatesSshKey(aLocatedDeployment())).toBe(true);
    expect(generatesSshKey(aLocatedDeployment({ cluster }))).toBe(false);
    expect(generatesSshKey(aLocatedDeployment({ profile: 'hardened' }))).toBe(false);
    expect(generatesSshKey(aLocatedDeployment({ profile: 'hardened', cluster }))).toBe(false);
  });

  it.each([
    ['apache-airflow-aks', 'apache-airflow-aks-ssh-private-key'],
    ['my_Cluster_2', 'my-Cluster-2-ssh-private-key'],
  ])("of the cluster %s is the vault's secret %s", (cluster, secret) => {
    expect(sshSecretName(cluster)).toBe(secret);
  });
});
