import { z } from 'zod';
import type { RefuseIssue } from '../../arm/arm-request.ts';
import { at, type JsonObject, jsonObject, merged, textAt, toObject } from '../../base/json.ts';
import { HttpError } from '../../http/http-error.ts';
import { type Resource, tagsSchema } from '../../state/resource.ts';

/** The SKUs that each kind of account may have (learn.microsoft.com, storage/common/storage-account-overview). */
const SKUS_OF_KIND = {
  Storage: ['Standard_LRS', 'Standard_GRS', 'Standard_RAGRS', 'Standard_ZRS', 'Premium_LRS'],
  StorageV2: [
    'Standard_LRS',
    'Standard_GRS',
    'Standard_RAGRS',
    'Standard_ZRS',
    'Standard_GZRS',
    'Standard_RAGZRS',
    'Premium_LRS',
  ],
  BlobStorage: ['Standard_LRS', 'Standard_GRS', 'Standard_RAGRS'],
  FileStorage: ['Premium_LRS', 'Premium_ZRS'],
  BlockBlobStorage: ['Premium_LRS', 'Premium_ZRS'],
} as const;

const kinds = ['Storage', 'StorageV2', 'BlobStorage', 'FileStorage', 'BlockBlobStorage'] as const;
const skus = [...SKUS_OF_KIND.StorageV2, 'Premium_ZRS'] as const;
const flag = z.boolean().nullish();

/** What is typed here is checked; the provider knows more properties. */
const properties = z.looseObject({
  accessTier: z.enum(['Hot', 'Cool', 'Cold', 'Premium']).nullish(),
  allowBlobPublicAccess: flag,
  allowCrossTenantReplication: flag,
  allowSharedKeyAccess: flag,
  isHnsEnabled: flag,
  supportsHttpsTrafficOnly: flag,
  // TLS1_3 stands in the SDK but is not offered.
  minimumTlsVersion: z.enum(['TLS1_0', 'TLS1_1', 'TLS1_2']).nullish(),
  publicNetworkAccess: z.enum(['Enabled', 'Disabled', 'SecuredByPerimeter']).nullish(),
  networkAcls: z.looseObject({ bypass: z.string().nullish(), defaultAction: z.enum(['Allow', 'Deny']) }).nullish(),
  encryption: z.looseObject({ keySource: z.enum(['Microsoft.Storage', 'Microsoft.Keyvault']).nullish() }).nullish(),
});

export const accountSchema = z.looseObject({
  location: z.string(),
  sku: z.looseObject({ name: z.enum(skus) }),
  kind: z.enum(kinds),
  tags: tagsSchema.nullish(),
  identity: jsonObject.nullish(),
  properties: properties.nullish(),
});

export const accountPatchSchema = accountSchema.partial();

export type AccountPatch = z.infer<typeof accountPatchSchema>;

/** Code and text: hashicorp/terraform-provider-azurerm issue 8089, MicrosoftDocs/azure-docs issue 47207. */
export const invalidValues = (...names: string[]): HttpError =>
  new HttpError(
    400,
    'InvalidValuesForRequestParameters',
    `Values for request parameters are invalid: ${names.join(', ')}.`,
  );

/** Code and text: Azure/ResourceModules issue 535; of other properties than accessTier the link is unverified. */
const notAllowed = (value: unknown, property: string): HttpError =>
  new HttpError(
    400,
    'InvalidRequestPropertyValue',
    `The value '${String(value)}' is not allowed for property ${property}. For more information, see - https://aka.ms/storageaccount${property.toLowerCase()}`,
  );

/** Code and text: Azure/bicep-types-az issue 2115. */
const required = (property: string): HttpError =>
  new HttpError(400, 'MissingRequiredAccountProperty', `Account property ${property} is required for the request.`);

/**
 * How the provider refuses a body. That a missing kind or SKU is refused like a missing accessTier, and an unknown one like a wrong pair,
 * is unverified; a value of the wrong type is refused in Resource Manager's words, unverified too.
 */
export const refuseAccountIssue: RefuseIssue = ({ path, code }, given) => {
  const [member, property] = path;
  if (member === 'sku' || member === 'kind') {
    return (given ?? null) === null ? required(String(member)) : invalidValues(String(member));
  }
  return member === 'properties' && code === 'invalid_value' && property !== undefined && typeof given !== 'object'
    ? notAllowed(given, String(path.at(-1)))
    : undefined;
};

/** @throws HttpError 400 for a SKU or an access tier that the kind does not have. */
export const checkKind = (kindName: string, sku: string, given: JsonObject): void => {
  const kind = z.enum(kinds).parse(kindName);
  if (!SKUS_OF_KIND[kind].some((one) => one === sku)) throw invalidValues('kind', 'sku');
  const tier = textAt(given, 'accessTier');
  if (kind === 'BlobStorage' && tier === undefined) throw required('accessTier');
  if (kind === 'Storage' && tier !== undefined) throw notAllowed(tier, 'accessTier');
};

/**
 * What an account keeps for its life.
 *
 * @throws HttpError 400 for another kind, save the upgrade to StorageV2, or another namespace; 409 for another redundancy across zones.
 */
export const checkUpdate = (before: Resource, { kind, sku, properties: given }: AccountPatch): void => {
  const upgrade = kind === 'StorageV2' && (before.kind === 'Storage' || before.kind === 'BlobStorage');
  // microsoft/CromwellOnAzure issue 159.
  if (kind && kind !== before.kind && !upgrade) throw invalidValues('kind');
  const hns = at(toObject(given), 'isHnsEnabled');
  if (typeof hns === 'boolean' && hns !== (at(before.properties, 'isHnsEnabled') === true)) {
    // jenkins-infra/azure pull request 125.
    throw new HttpError(
      400,
      'AccountPropertyCannotBeUpdated',
      "The property 'isHnsEnabled' was specified in the input, but it cannot be updated.",
    );
  }
  const zonal = (name: string | undefined): boolean => name?.endsWith('ZRS') ?? false;
  const tierOf = (name: string | undefined): string | undefined => name?.split('_')[0];
  const old = textAt(before.sku, 'name');
  const after = { kind: kind ?? before.kind ?? '', sku: sku?.name ?? old ?? '' };
  checkKind(after.kind, after.sku, merged(before.properties, toObject(given)));
  if (!sku || sku.name === old) return;
  // Code: hashicorp/terraform-provider-azurerm issue 6526; text: microsoft/CromwellOnAzure issue 159; status: unverified.
  if (zonal(sku.name) !== zonal(old)) {
    throw new HttpError(
      409,
      'StorageAccountTypeConversionNotAllowed',
      `Storage account type ${old} cannot be changed to ${sku.name}.`,
    );
  }
  if (tierOf(sku.name) !== tierOf(old)) throw invalidValues('sku');
};
