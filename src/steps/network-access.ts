import { z } from 'zod';
import { groupFlag, TABLE } from '../deployment/az/az-lines.ts';
import { flag } from '../deployment/az/az-words.ts';
import { partsOfId } from '../deployment/names/existing-resources.ts';
import { cluster } from './cluster.ts';
import { defineOptionalStep } from './define-step.ts';
import { resourceValue } from './input-fields.ts';
import { networksOf } from './input-parts.ts';

/** The control plane's role on somebody else's subnet. */
export const networkAccess = defineOptionalStep({
  name: 'network-access',
  summary: 'Lets the cluster make load balancers in the existing subnet.',
  when: ({ existing }) => existing?.subnetId !== undefined,
  uses: { cluster },
  // It hides behind the role on the registry, which waits for the cluster too.
  later: true,
  // The cluster needs it as long as it lives.
  outlives: cluster,
  input: z.object({ subscriptionId: z.string(), subnetId: z.string(), principalId: z.string() }),
  value: resourceValue,
  from({ existing }, { cluster: { controlPlaneObjectId: principalId } }) {
    const subnetId = existing?.subnetId ?? '';
    if (principalId === undefined) throw new Error('The cluster showed no identity of its control plane.');
    return { subscriptionId: partsOfId(subnetId).subscriptionId, subnetId, principalId };
  },
  unknown: { cluster: "the control plane's identity" },
  usualSeconds: { create: 4 },
  deadlineMinutes: 30,
  actions: [],
  resourceId: ({ existing }) => existing?.subnetId ?? '',
  actsOn: (deployment) => [...networksOf(deployment), cluster.resourceId(deployment)],
  commandOrder: 10,
  commands: (deployment) => ({
    // What `az aks create` does by itself once the cluster is there; sent again it changes nothing.
    create: [
      `az role assignment create --assignee $(az aks show ${groupFlag(deployment)} ${flag('name', deployment.clusterName)} --query identity.principalId --output tsv) --role "Network Contributor" ${flag('scope', deployment.existing?.subnetId ?? '')} ${TABLE}`,
    ],
  }),
});
