import { z } from 'zod';
import type { RefuseIssue } from '../../arm/arm-request.ts';
import { HttpError } from '../../http/http-error.ts';
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
    .refine((value) => /^(enabled|disabled)$/i.test(value), 'is neither Enabled nor Disabled')
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

/**
 * How the provider refuses a body. What is missing: pulumi/pulumi-azure-native issue 1888 and Azure/azure-sdk-for-net issue 28677; what is of
 * the wrong type, or no GUID: Azure/azure-cli issue 8840 (its code is unverified); a holder that is none: alexander-kastil/az-204 issue 142; any
 * other value: Azure/azure-libraries-for-net issue 361.
 */
export const refuseVaultIssue: RefuseIssue = (issue, given) => {
  const { path } = issue;
  if (path[0] === 'tags') return undefined;
  if ((given ?? null) === null) {
    return new HttpError(400, 'ParameterNotSpecified', `The parameter ${String(path.at(-1))} is not specified.`);
  }
  const badRequest = (message: string): HttpError => new HttpError(400, 'BadRequest', message);
  if (path.at(-1) === 'objectId' && typeof given === 'string') {
    return badRequest(`Invalid value found at accessPolicies[${String(path.at(-2))}].ObjectId: ${given}`);
  }
  if (issue.code === 'invalid_type' || issue.code === 'invalid_format') {
    return badRequest('Bad JSON content found in the request.');
  }
  return badRequest(`An invalid value was provided for '${String(path[1] ?? path[0])}'.`);
};
