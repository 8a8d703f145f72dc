import { describe, expect, it } from 'vitest';
import { allSteps } from '../../src/steps/all-steps.ts';
import { UNKNOWN_CLUSTER } from '../../src/steps/cluster.ts';
import { aLocatedDeployment, WITH_THEIRS } from '../support/a-located-deployment.ts';
import { STEP_VALUES } from '../support/step-values.ts';

/** What the plan of a node is inspected with while only these steps have a value. */
const planInput = (name: string, known: readonly string[], body: object = {}) => {
  const deployment = aLocatedDeployment(body);
  const values = new Map([...STEP_VALUES].filter(([step]) => known.includes(step)));
  const node = allSteps.flatMap((step) => step.nodes(deployment)).find((each) => each.name === name);
  return node?.planInputFor(deployment, values);
};

const HARDENED = { profile: 'hardened' };
const PRINCIPAL_ID = "the identity's principal id is known after the step identity.";

describe('a plan says what is known only later:', () => {
  it.each([
    ['acr-pull', [], {}, 'the kubelet identity is known after the step cluster.'],
    ['acr-pull', ['cluster'], {}, 'who has access is known after the step registry.'],
    ['vault-access', ['key-vault'], {}, PRINCIPAL_ID],
    ['vault-access', ['identity'], {}, 'who has access is known after the step key-vault.'],
    ['logs-access', ['storage'], HARDENED, PRINCIPAL_ID],
    ['logs-access', ['identity'], HARDENED, 'who has access is known after the step storage.'],
    ['network-access', [], WITH_THEIRS, "the control plane's identity is known after the step cluster."],
  ])('%s after %j', (name, known, body, note) => {
    expect(planInput(name, known, body)).toEqual({ known: false, note });
  });

  it.each([
    ['acr-pull', ['cluster', 'registry'], {}],
    ['vault-access', ['identity', 'key-vault'], {}],
    ['logs-access', ['identity', 'storage'], HARDENED],
    ['network-access', ['cluster'], WITH_THEIRS],
  ])('nothing of %s after %j', (name, known, body) => {
    expect(planInput(name, known, body)).toMatchObject({ known: true });
  });
});

describe('a plan is made with a value that stands for', () => {
  it.each([
    ['cluster', { sshPublicKey: '' }],
    ['image:statsd:v1', { loginServer: '' }],
    ['federated-credential', { issuer: 'known after the step cluster' }],
    ['connect', { nodeCount: 0 }],
  ])('what %s does not know yet', (name, input) => {
    expect(planInput(name, [])).toMatchObject({ known: true, input });
  });

  it('a whole cluster', () => {
    const later = 'known after the step cluster';
    expect(UNKNOWN_CLUSTER).toEqual({
      id: later,
      oidcIssuerUrl: later,
      kubeletObjectId: later,
      nodeResourceGroup: later,
      kubernetesVersion: later,
      nodeCount: 0,
      fqdn: later,
    });
  });
});
