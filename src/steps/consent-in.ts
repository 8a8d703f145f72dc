import type { Consenting } from '../deployment/names/consent.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import type { StepCore } from './step.ts';

/** The part of a step's input that says whose consent it needs; empty for a deployment that needs nobody's. */
export const consentIn = (deployment: Deployment, { actsOn, opens }: Pick<StepCore, 'actsOn' | 'opens'>): Consenting =>
  deployment.needsConsent
    ? {
        consent: {
          deploymentId: deployment.id,
          resourceIds: [...actsOn(deployment)],
          ...(opens(deployment) && { opens: true }),
        },
      }
    : {};
