import { z } from 'zod';
import type { Deployment } from '../../request/resolve-deployment.ts';
import { otherFields, storedDeploymentSchema } from './stored-deployment.ts';

const fieldsSchema = z.record(z.string(), z.unknown());

/**
 * Reads a deployment that {@link storedDeploymentSchema} refuses field by field, so that what it made can be deleted: the owner's tag says what that is, the
 * names only where it is searched.
 *
 * @param id - from the instance's id, which every release writes alike.
 * @returns undefined when the subscription or the resource group is unknown.
 */
export const salvageDeployment = (stored: unknown, id: string): Deployment | undefined => {
  const fields = fieldsSchema.safeParse(stored).data;
  if (!fields) return undefined;
  const readable = Object.entries(otherFields).flatMap(([name, schema]) =>
    schema.safeParse(fields[name]).success ? [[name, fields[name]]] : [],
  );
  const { subscriptionId, resourceGroupName } = fields;
  return storedDeploymentSchema.safeParse({ ...Object.fromEntries(readable), id, subscriptionId, resourceGroupName })
    .data;
};
