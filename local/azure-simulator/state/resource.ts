import { z } from 'zod';
import { jsonObject } from '../base/json.ts';

export const tagsSchema = z.record(z.string(), z.string());

/** A resource as Resource Manager stores and answers it. */
export const resourceSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  location: z.string().optional(),
  tags: tagsSchema.optional(),
  kind: z.string().optional(),
  sku: jsonObject.optional(),
  identity: jsonObject.optional(),
  managedBy: z.string().optional(),
  eTag: z.string().optional(),
  systemData: jsonObject.optional(),
  properties: jsonObject,
});

export type Resource = z.infer<typeof resourceSchema>;
