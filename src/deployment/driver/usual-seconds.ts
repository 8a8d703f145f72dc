import type { PlannedAction } from '../plan/inspection.ts';

/**
 * How long each step usually takes when it has to make what it is for, in seconds: the one place for polls, plans and the expected time. Seen in public
 * logs of Terraform, azd and the Azure CLI.
 */
export const usualSeconds = {
  'resource-group': 5,
  identity: 3,
  'key-vault': 25,
  'ssh-key': 3,
  registry: 25,
  storage: 25,
  container: 2,
  cluster: 330,
  /** Images of a few hundred megabytes take 20 to 40 seconds. */
  image: 30,
  secrets: 4,
  'acr-pull': 4,
  'network-access': 4,
  'logs-access': 4,
  'vault-access': 3,
  'federated-credential': 3,
  connect: 2,
  lock: 2,
} as const;

/** The same by the name of a planned step, of which every image has one of its own. */
export const usualSecondsOf = (step: string): number => {
  const name = step.startsWith('image:') ? 'image' : step;
  return isTimed(name) ? usualSeconds[name] : 0;
};

const isTimed = (name: string): name is keyof typeof usualSeconds => Object.hasOwn(usualSeconds, name);

/** What an update takes where it is much less than a create. */
const updateSeconds: Readonly<Record<string, number>> = { cluster: 90, registry: 8, 'key-vault': 3, storage: 3 };

/** How long a step is expected to take. What is as it should be takes a look. */
export const expectedSeconds = (step: string, action: PlannedAction): number => {
  if (action === 'unchanged') return step === 'connect' ? usualSeconds.connect : 0;
  return (action === 'update' ? updateSeconds[step] : undefined) ?? usualSecondsOf(step);
};
