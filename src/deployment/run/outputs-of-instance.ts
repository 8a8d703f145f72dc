import { deploymentStatus } from './deployment-status.ts';
import type { Instance } from './instance.ts';
import { storedResultSchema } from './stored/stored-status.ts';

/** The outputs of a deployment that succeeded; undefined before that. */
export const outputsOfInstance = (instance: Instance): Readonly<Record<string, string>> | undefined =>
  deploymentStatus(instance) === 'Succeeded' ? storedResultSchema.safeParse(instance.output).data?.outputs : undefined;
