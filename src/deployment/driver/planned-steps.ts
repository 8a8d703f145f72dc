import type { BranchName } from '../names/instance-ids.ts';
import { isHardened } from '../profile/profile-differences.ts';
import type { Deployment } from '../request/resolve-deployment.ts';

/** A step as it is known before anything ran. */
export interface PlannedStep {
  readonly name: string;
  /** The names of the steps whose end it waits for. */
  readonly waitsFor: readonly string[];
}

/** The name of the step that imports an image: the image's own name in the registry. */
export const imageStepName = (image: string): string => `image:${image}`;

/** Whether the deployment makes the nodes' SSH key itself; the cluster then waits for the vault that takes its private half. A hardened one makes none. */
export const generatesSshKey = (deployment: Deployment): boolean =>
  deployment.cluster.sshPublicKey === undefined && !isHardened(deployment);

/** The branches that run at once after the resource group, longest first. */
export const branchesOf = (deployment: Deployment): readonly BranchName[] =>
  generatesSshKey(deployment)
    ? ['cluster', 'registry', 'storage', 'identity']
    : ['cluster', 'vault', 'registry', 'storage', 'identity'];

/**
 * Every step of a deployment in the order of the tutorial, with what it waits for: the graph that the orchestrators carry out
 * (orchestrators/deployment.ts). The second wave starts when all branches have ended; it hides behind AcrPull, which waits for the cluster.
 */
export const plannedSteps = (deployment: Deployment): readonly PlannedStep[] => {
  const images = deployment.images.map(({ image }) => imageStepName(image));
  const ownKey = !generatesSshKey(deployment);
  const branchEnds = [
    'identity',
    'container',
    'cluster',
    ...(ownKey ? ['key-vault'] : []),
    ...(images.length ? images : ['registry']),
  ];
  const secondWave = [
    // Without shared keys there is no key to keep, and the pods reach the logs by a role.
    isHardened(deployment) ? 'logs-access' : 'secrets',
    'acr-pull',
    ...(deployment.existing?.subnetId === undefined ? [] : ['network-access']),
    'vault-access',
    'federated-credential',
  ];
  return [
    { name: 'resource-group', waitsFor: [] },
    { name: 'identity', waitsFor: ['resource-group'] },
    { name: 'key-vault', waitsFor: ['resource-group'] },
    ...(ownKey ? [] : [{ name: 'ssh-key', waitsFor: ['key-vault'] }]),
    { name: 'registry', waitsFor: ['resource-group'] },
    { name: 'storage', waitsFor: ['resource-group'] },
    { name: 'container', waitsFor: ['storage'] },
    { name: 'cluster', waitsFor: [ownKey ? 'resource-group' : 'ssh-key'] },
    ...images.map((name) => ({ name, waitsFor: ['registry'] })),
    ...secondWave.map((name) => ({ name, waitsFor: branchEnds })),
    { name: 'connect', waitsFor: secondWave },
    ...(deployment.lock === undefined ? [] : [{ name: 'lock', waitsFor: ['connect'] }]),
  ];
};
