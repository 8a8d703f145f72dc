import type { LocatedDeployment, StepCore } from './step.ts';

/** The deployment without the large parts that none of the steps reads. */
export const deploymentFor = (
  { images, registryCredentials, ...deployment }: LocatedDeployment,
  steps: readonly StepCore[],
): LocatedDeployment => {
  const isRead = (part: StepCore['reads'][number]): boolean => steps.some(({ reads }) => reads.includes(part));
  return {
    ...deployment,
    images: isRead('images') ? images : [],
    ...(registryCredentials && isRead('registryCredentials') && { registryCredentials }),
  };
};
