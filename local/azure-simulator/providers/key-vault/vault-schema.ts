import { z } from 'zod';
import { jsonObject } from '../../json.ts';
import { tagsSchema } from '../../state/resource.ts';

const permissions = z.object({
  keys: z.array(z.string()).optional(),
  secrets: z.array(z.string()).optional(),
  certificates: z.array(z.string()).optional(),
  storage: z.array(z.string()).optional(),
});

export const accessPolicySchema = z.object({
  tenantId: z.string(),
  objectId: z.string(),
  applicationId: z.string().optional(),
  permissions,
});

export type AccessPolicy = z.infer<typeof accessPolicySchema>;

const properties = z.looseObject({
  tenantId: z.string(),
  sku: z.object({ family: z.literal('A'), name: z.enum(['standard', 'premium']) }),
  accessPolicies: z.array(accessPolicySchema).optional(),
  enableRbacAuthorization: z.boolean().nullish(),
  enableSoftDelete: z.boolean().nullish(),
  softDeleteRetentionInDays: z.number().int().nullish(),
  enablePurgeProtection: z.boolean().nullish(),
  networkAcls: jsonObject.nullish(),
  publicNetworkAccess: z.string().nullish(),
  enabledForDeployment: z.boolean().nullish(),
  enabledForDiskEncryption: z.boolean().nullish(),
  enabledForTemplateDeployment: z.boolean().nullish(),
  createMode: z.enum(['default', 'recover']).nullish(),
});

export type VaultProperties = z.infer<typeof properties>;

export const vaultSchema = z.looseObject({ location: z.string(), tags: tagsSchema.nullish(), properties });

export const vaultPatchSchema = z.looseObject({
  tags: tagsSchema.nullish(),
  properties: properties.partial().optional(),
});
