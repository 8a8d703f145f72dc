import { z } from 'zod';
import { ArmError } from '../../arm/arm-error.ts';
import { tagsSchema } from '../../state/resource.ts';

/** Names of permissions, in any case (learn.microsoft.com, rest/api/keyvault/keyvault/vaults: KeyPermissions and so on). */
const names = (all: string) =>
  z.array(z.string().refine((name) => all.split(' ').includes(name.toLowerCase()), 'is not a permission')).optional();

const permissions = z.object({
  keys: names(
    'all encrypt decrypt wrapkey unwrapkey sign verify get list create update import delete backup restore recover purge ' +
      'release rotate getrotationpolicy setrotationpolicy',
  ),
  secrets: names('all get list set delete backup restore recover purge'),
  certificates: names(
    'all get list delete create import update managecontacts getissuers listissuers setissuers deleteissuers manageissuers ' +
      'recover purge backup restore',
  ),
  storage: names(
    'all get list delete set update regeneratekey recover purge backup restore setsas listsas getsas deletesas',
  ),
});

export const accessPolicySchema = z.object({
  tenantId: z.guid(),
  objectId: z.guid(),
  applicationId: z.guid().optional(),
  permissions,
});

export type AccessPolicy = z.infer<typeof accessPolicySchema>;

/** What a request may set; the rest is ignored. */
const properties = z.object({
  tenantId: z.guid(),
  sku: z.object({ family: z.literal('A'), name: z.enum(['standard', 'premium']) }),
  accessPolicies: z.array(accessPolicySchema).optional(),
  enableRbacAuthorization: z.boolean().nullish(),
  enableSoftDelete: z.boolean().nullish(),
  softDeleteRetentionInDays: z.number().int().nullish(),
  enablePurgeProtection: z.boolean().nullish(),
  networkAcls: z
    .looseObject({
      bypass: z.enum(['AzureServices', 'None']).nullish(),
      defaultAction: z.enum(['Allow', 'Deny']).nullish(),
    })
    .nullish(),
  publicNetworkAccess: z
    .string()
    .regex(/^(enabled|disabled)$/i)
    .nullish(),
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

/** How the provider refuses a value (code and text: Azure/azure-libraries-for-net issue 361). */
export const refuseVaultIssue = ({ path: [first, property] }: z.core.$ZodIssue): ArmError | undefined =>
  first === 'properties' && property !== undefined
    ? new ArmError(400, 'BadRequest', `An invalid value was provided for '${String(property)}'.`)
    : undefined;
