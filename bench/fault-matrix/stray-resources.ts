import * as z from 'zod';
import type { DeploymentDocument } from '../../local/world/deployment-document.ts';

/** What exists in the simulated Azure, as its control API says. */
export const azureStateSchema = z.object({
  resources: z.array(z.object({ id: z.string(), managedBy: z.string().optional() })),
  roleAssignments: z.array(z.object({ scope: z.string(), name: z.string() })),
});

type AzureState = z.output<typeof azureStateSchema>;

/**
 * What exists in Azure though no status document of the deployment's runs lists it (of all runs, since what hangs on a resource that somebody deletes,
 * such as the role assignment of a cluster's identity, stays in Azure and the next run makes its own). A resource below a listed one counts as listed (imported images, secrets), and so does what
 * Azure made for it (the group of the nodes); the resource group lists itself only.
 */
export const strayResources = (
  { resources, roleAssignments }: AzureState,
  documents: readonly Pick<DeploymentDocument, 'steps'>[],
): readonly string[] => {
  const steps = documents.flatMap((document) => document.steps);
  const listed = steps.flatMap(({ resourceId }) => (resourceId === undefined ? [] : [resourceId.toLowerCase()]));
  const parents = listed.filter((id) => id.includes('/providers/'));
  const isListed = (id: string): boolean =>
    listed.includes(id.toLowerCase()) || parents.some((parent) => id.toLowerCase().startsWith(`${parent}/`));
  return [
    ...resources.flatMap(({ id, managedBy }) => (isListed(id) || (managedBy && isListed(managedBy)) ? [] : [id])),
    ...roleAssignments.flatMap(({ scope, name }) => {
      // At the subscription: what the simulator gave its caller.
      if (!scope.includes('/providers/')) return [];
      const id = `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;
      return listed.includes(id.toLowerCase()) ? [] : [id];
    }),
  ];
};
