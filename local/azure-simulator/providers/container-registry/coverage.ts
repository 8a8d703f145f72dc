import { declareService } from '../../coverage/declaration.ts';
import { SUBSCRIPTION } from '../common.ts';
import { REGISTRY_PATH } from './registries.ts';

const PROVIDER = `${SUBSCRIPTION}/providers/Microsoft.ContainerRegistry`;

/** Registries and the import of images. */
export const CONTAINER_REGISTRY_COVERAGE = declareService({
  title: 'Container registries',
  namespace: 'Microsoft.ContainerRegistry',
  about:
    'Registries, their admin user, and the import of images from a list of sources that the control API can change (`/_simulator/images`), with accounts at the source registries and images that only these may pull.',
  shape: 'standard',
  errors: {
    InvalidResourceName: { status: 400, to: 'a registry’s name that breaks the rules' },
    ClassicSkuDeprecated: {
      status: 400,
      to: 'a PUT without SKU',
      seen: 'hashicorp/terraform-provider-azurerm#17248',
    },
    SkuNotSupported: {
      status: 400,
      to: 'a SKU that there is not, or one that lacks a feature that is asked for',
      seen: 'Azure/bicep-registry-modules#1316',
    },
    DisablingPublicNetworkAccessNotSupported: {
      status: 400,
      to: 'publicNetworkAccess Disabled without the Premium SKU',
      seen: 'Azure-Samples/dotNET-Frontend-AB-Testing-on-Azure-Container-Apps#5',
    },
    AlreadyInUse: {
      status: 409,
      to: 'a name that another registry has, wherever it is',
      seen: 'MicrosoftDocs/azure-dev-docs#1303',
    },
    Conflict: {
      status: 409,
      to: 'a change while another is under way, or an import of a tag that exists, unless forced',
    },
    UnAuthorizedForCredentialOperations: {
      status: 400,
      to: 'credentials of a registry without admin user',
      seen: 'hashicorp/terraform-provider-azurerm#21440',
    },
    LinkedInvalidPropertyId: {
      status: 400,
      to: 'a source.resourceId that is no resource id',
      seen: 'MicrosoftDocs/azure-docs#112377',
    },
    MissingProperty: {
      status: 400,
      to: 'an import without source registry or without target tags',
      seen: 'Azure/azure-powershell#24546',
    },
    InvalidParameters: {
      status: 400,
      to: 'a target tag that breaks the rules; as the end of an import, a source image that cannot be pulled, or credentials that the source registry does not know',
    },
  },
  operations: [
    {
      route: `PUT ${REGISTRY_PATH}`,
      does: 'creates or updates a registry',
      longRunning: 'azure-asyncoperation',
      refuses: [
        'InvalidResourceName',
        'ClassicSkuDeprecated',
        'SkuNotSupported',
        'DisablingPublicNetworkAccessNotSupported',
        'AlreadyInUse',
        'Conflict',
      ],
    },
    {
      route: `PATCH ${REGISTRY_PATH}`,
      does: 'changes a registry',
      longRunning: 'azure-asyncoperation',
      refuses: ['SkuNotSupported', 'DisablingPublicNetworkAccessNotSupported', 'Conflict'],
    },
    { route: `GET ${REGISTRY_PATH}`, does: 'reads a registry' },
    { route: `DELETE ${REGISTRY_PATH}`, does: 'deletes it', longRunning: 'location' },
    { route: `GET ${REGISTRY_PATH}/operationStatuses/{operation}`, does: 'follows a creation or change' },
    {
      route: `POST ${REGISTRY_PATH}/listCredentials`,
      does: 'gives the admin user’s passwords',
      refuses: ['UnAuthorizedForCredentialOperations'],
    },
    {
      route: `POST ${REGISTRY_PATH}/importImage`,
      does: 'copies an image from another registry',
      longRunning: 'location',
      refuses: ['Conflict', 'LinkedInvalidPropertyId', 'MissingProperty', 'InvalidParameters'],
    },
    {
      route: `GET ${PROVIDER}/locations/{location}/operationResults/{operation}`,
      does: 'follows an import or a deletion',
      refuses: ['InvalidParameters'],
    },
    { route: `POST ${PROVIDER}/checkNameAvailability`, does: 'says whether a name is free' },
    { route: `GET ${REGISTRY_PATH.replace('/{registry}', '')}`, does: 'lists those of a resource group' },
    { route: `GET ${PROVIDER}/registries`, does: 'lists those of the subscription' },
  ],
  differences: [
    'What a registry holds appears as resources of a type of its own, importedImages; Azure has no such type, and the registry’s own endpoint is missing.',
    'An account at a source registry may pull every image there; credentials of a registry in Azure are not checked.',
    'Unknown properties are ignored. Which features a Basic or Standard registry lacks is checked for two of them only.',
    'Values of the wrong type are refused as InvalidRequestContent; the provider’s own words for them could not be found out.',
  ],
});
