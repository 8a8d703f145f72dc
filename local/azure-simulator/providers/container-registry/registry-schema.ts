import { z } from 'zod';
import type { RefuseIssue } from '../../arm/arm-request.ts';
import { type JsonObject, jsonObject, textAt } from '../../base/json.ts';
import { HttpError } from '../../http/http-error.ts';
import { tagsSchema } from '../../state/resource.ts';

const sku = z.looseObject({ name: z.enum(['Basic', 'Standard', 'Premium']) });
const flag = z.boolean().nullish();
const state = z.enum(['Enabled', 'Disabled']).nullish();

/** What is typed here is checked; the provider knows more properties. */
const properties = z.looseObject({
  adminUserEnabled: flag,
  anonymousPullEnabled: flag,
  dataEndpointEnabled: flag,
  publicNetworkAccess: state,
  zoneRedundancy: state,
  networkRuleBypassOptions: z.enum(['AzureServices', 'None']).nullish(),
  networkRuleSet: z.looseObject({ defaultAction: z.enum(['Allow', 'Deny']) }).nullish(),
  roleAssignmentMode: z.enum(['LegacyRegistryPermissions', 'AbacRepositoryPermissions']).nullish(),
  policies: jsonObject.nullish(),
});

export const registrySchema = z.looseObject({
  location: z.string(),
  sku,
  tags: tagsSchema.nullish(),
  identity: jsonObject.nullish(),
  properties: properties.nullish(),
});

export const registryPatchSchema = registrySchema.partial();

export type RegistryPatch = z.infer<typeof registryPatchSchema>;

const skuNotSupported = (name: string): HttpError =>
  new HttpError(400, 'SkuNotSupported', `The SKU ${name} is not supported.`);

/**
 * How the provider refuses a SKU: none counts as Classic, which is gone (hashicorp/terraform-provider-azurerm pull request 17248). That an
 * unknown one is refused like one that lacks a feature is unverified. Other values are refused in Resource Manager's words: unverified too.
 */
export const refuseRegistryIssue: RefuseIssue = ({ path }, given) => {
  if (path[0] !== 'sku') return undefined;
  if ((given ?? null) === null) {
    return new HttpError(
      400,
      'ClassicSkuDeprecated',
      'Classic SKU is now deprecated. Please select a managed SKU. Kindly refer to docs for instructions: https://docs.microsoft.com/en-us/azure/container-registry/container-registry-upgrade',
    );
  }
  return path[1] === 'name' && typeof given === 'string' ? skuNotSupported(given) : undefined;
};

/**
 * What takes the Premium SKU (Azure-Samples/dotNET-Frontend-AB-Testing-on-Azure-Container-Apps issue 5, Azure/bicep-registry-modules
 * issue 1316). More features do; how they are refused is unverified.
 *
 * @throws HttpError 400
 */
export const checkFeatures = (skuName: string, given: JsonObject): void => {
  if (skuName === 'Premium') return;
  if (textAt(given, 'publicNetworkAccess') === 'Disabled') {
    throw new HttpError(
      400,
      'DisablingPublicNetworkAccessNotSupported',
      `Disabling public network access is not supported for the SKU ${skuName}. For more information, please visit https://aka.ms/acr/private-link.`,
    );
  }
  if (textAt(given, 'policies', 'quarantinePolicy', 'status') === 'enabled') throw skuNotSupported(skuName);
};
