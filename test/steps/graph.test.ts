import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deploymentRequestSchema } from '../../src/deployment/request/deployment-request.ts';
import { resolveDeployment } from '../../src/deployment/request/resolve-deployment.ts';
import { branchSteps, graphOf } from '../../src/steps/graph.ts';
import { anSshPublicKey } from '../support/an-ssh-public-key.ts';

const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';
const ELSEWHERE = `/subscriptions/${SUBSCRIPTION}/resourceGroups/theirs/providers`;

const deploymentOf = (body: object) => {
  const resolution = resolveDeployment(deploymentRequestSchema.parse(body), SUBSCRIPTION);
  if (!resolution.ok) throw new Error('not resolved');
  return resolution.deployment;
};

const waitsIn = (body: object) =>
  new Map(graphOf(deploymentOf(body)).all.map(({ name, waitsFor }) => [name, waitsFor]));

const namesOf = (nodes: readonly { readonly name: string }[]) => nodes.map(({ name }) => name);

const image = { source: 'docker.io/apache/airflow:2.9.3', image: 'airflow:2.9.3' };
const requests = fc.record(
  {
    profile: fc.constant('hardened' as const),
    images: fc.constantFrom([], [image]),
    cluster: fc.constant({ sshPublicKey: anSshPublicKey() }),
    lock: fc.constant('CanNotDelete' as const),
    existing: fc.record(
      {
        registryId: fc.constant(`${ELSEWHERE}/Microsoft.ContainerRegistry/registries/theirs1`),
        keyVaultId: fc.constant(`${ELSEWHERE}/Microsoft.KeyVault/vaults/theirs-1`),
        subnetId: fc.constant(`${ELSEWHERE}/Microsoft.Network/virtualNetworks/v/subnets/s`),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);

describe('the steps of a deployment', () => {
  it('are all known before anything runs', () => {
    const names = [...waitsIn({}).keys()];
    expect(names).toHaveLength(19);
    expect(names).toContain('image:airflow:2.9.3');
    expect(names.slice(0, 2)).toEqual(['resource-group', 'identity']);
    expect(names.at(-1)).toBe('connect');
  });

  it("let the cluster wait for the vault only when the SSH key's private half goes there", () => {
    expect(waitsIn({}).get('cluster')).toEqual(['ssh-key']);
    const own = waitsIn({ cluster: { sshPublicKey: anSshPublicKey() } });
    expect(own.get('cluster')).toEqual(['resource-group']);
    expect(own.has('ssh-key')).toBe(false);
  });

  it('wait only for steps that come before them, each of them once', () => {
    fc.assert(
      fc.property(requests, (body) => {
        const seen = new Set<string>();
        for (const [name, waitsFor] of waitsIn(body)) {
          for (const needed of waitsFor) expect(seen).toContain(needed);
          expect(new Set(waitsFor).size).toBe(waitsFor.length);
          expect(seen).not.toContain(name);
          seen.add(name);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('are each in the root, in one branch, or later, and a branch waits for no other branch', () => {
    fc.assert(
      fc.property(requests, (body) => {
        const { all, root, branches, later } = graphOf(deploymentOf(body));
        const parts = [root, ...branches.map(({ nodes }) => nodes), later];
        expect(parts.flatMap(namesOf).toSorted()).toEqual(namesOf(all).toSorted());
        for (const { nodes } of branches) {
          const within = [...namesOf(root), ...namesOf(nodes)];
          for (const { waitsFor } of nodes) for (const name of waitsFor) expect(within).toContain(name);
        }
        const names = branches.map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
        expect(namesOf(branchSteps())).toEqual(expect.arrayContaining(names));
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    [{}, ['cluster', 'registry', 'storage', 'identity']],
    [{ cluster: { sshPublicKey: anSshPublicKey() } }, ['cluster', 'registry', 'storage', 'key-vault', 'identity']],
    [{ images: [] }, ['cluster', 'storage', 'registry', 'identity']],
  ])('of %j run in branches, the longest first', (body, branches) => {
    expect(graphOf(deploymentOf(body)).branches.map(({ name }) => name)).toEqual(branches);
  });

  it('that wait for several branches begin after all of them, even where they need only some', () => {
    const waits = waitsIn({ existing: { subnetId: `${ELSEWHERE}/Microsoft.Network/virtualNetworks/v/subnets/s` } });
    const ends = ['identity', 'container', 'cluster', 'image:airflow:2.9.3'];
    for (const name of ['secrets', 'acr-pull', 'network-access', 'vault-access', 'federated-credential']) {
      expect(waits.get(name), name).toEqual(expect.arrayContaining(ends));
    }
    expect(waits.get('connect')).toEqual([
      'secrets',
      'acr-pull',
      'network-access',
      'vault-access',
      'federated-credential',
    ]);
  });

  it('that a later version added are left out of a run that began without them', () => {
    const deployment = deploymentOf({ lock: 'CanNotDelete' });
    const began = namesOf(graphOf(deployment).all).filter((name) => name !== 'lock' && name !== 'secrets');
    const { all, later } = graphOf(deployment, began);
    expect(namesOf(all)).toEqual(began);
    expect(later.find(({ name }) => name === 'connect')?.waitsFor).not.toContain('secrets');
  });

  it('are critical where the longest path by usual times goes', () => {
    const critical = graphOf(deploymentOf({})).all.filter((node) => node.critical);
    expect(namesOf(critical)).toEqual(['resource-group', 'key-vault', 'ssh-key', 'cluster', 'secrets', 'connect']);
  });
});
