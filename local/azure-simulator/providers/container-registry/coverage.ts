import { SUBSCRIPTION } from '../../arm/route.ts';
import { declareService } from '../../http/service-declaration.ts';
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
    'What a registry holds appears as resources of a type of its own, importedImages; Azure has no such type.',
    'An account at a source registry may pull every image there; credentials of a registry in Azure are not checked.',
    'Unknown properties are ignored. Which features a Basic or Standard registry lacks is checked for two of them only.',
    'Values of the wrong type are refused as InvalidRequestContent; the provider’s own words for them could not be found out.',
  ],
});

const REGISTRY = 'https://{registry}.azurecr.io';
const READS = ['HEAD', 'GET'] as const;
const manifestsAt = (origin: string, prefix = ''): string => `${origin}/v2/${prefix}{repository}/manifests/{reference}`;
const DISTRIBUTION = 'https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes';

/** A registry's own endpoint. */
export const REGISTRY_IMAGES_COVERAGE = declareService({
  title: 'Images in a container registry',
  about:
    'The own endpoint of each registry: tokens for tokens, and whether a manifest was imported. A registry that is not there cannot be connected to.',
  shape: 'registry',
  errors: {
    BAD_REQUEST: {
      status: 400,
      to: 'a body that is no form, or one with another grant_type or service than the path and the registry’s',
    },
    UNAUTHORIZED: {
      status: 401,
      to: 'a token that is missing, garbled, expired or for something else, with the challenge; a caller who may not pull',
      seen: 'Azure/acr#841',
    },
    NOT_FOUND: {
      status: 404,
      to: 'any other path, one with broken escapes too, and any other method than POST where tokens are given',
      seen: 'Azure/acr#166',
    },
    MANIFEST_UNKNOWN: {
      status: 404,
      to: 'an image that was not imported',
      seen: 'Azure/azure-functions-on-container-apps#55',
    },
    UNSUPPORTED: { status: 405, to: 'a manifest with another method than HEAD and GET', seen: DISTRIBUTION },
  },
  operations: [
    {
      route: `POST ${REGISTRY}/oauth2/exchange`,
      does: 'gives a refresh token for a token of Resource Manager',
      refuses: ['BAD_REQUEST', 'UNAUTHORIZED'],
    },
    {
      route: `POST ${REGISTRY}/oauth2/token`,
      does: 'gives an access token for a refresh token',
      refuses: ['BAD_REQUEST', 'UNAUTHORIZED'],
    },
    ...READS.map((method) => ({
      route: `${method} ${manifestsAt(REGISTRY)}`,
      does: 'says whether there is such an image, and its digest',
      refuses: ['UNAUTHORIZED', 'NOT_FOUND', 'MANIFEST_UNKNOWN'] as const,
    })),
  ],
  elsewhere: ['NOT_FOUND', 'UNSUPPORTED'],
  differences: [
    'Images cannot be pushed, listed, read or deleted; a GET of a manifest answers without a body.',
    'Passwords, of the admin user and of the registry’s own tokens, log in nowhere; neither does Basic authentication.',
    'An access token has one scope, and is given whatever the caller may do: the right to pull is checked when it is used.',
    'Images are found by tag only, not by digest. The member detail of errors is empty.',
  ],
});

const DOCKER = 'https://registry-1.docker.io';
const KUBERNETES_UPSTREAM = 'https://us-central1-docker.pkg.dev';

/** Where the tutorial's images come from. */
export const PUBLIC_REGISTRIES_COVERAGE = declareService({
  title: 'Public registries',
  about:
    'Docker Hub, Quay, Microsoft’s registry and registry.k8s.io, as far as needed to see whether an image is there. Which are is what an import sees too (`/_simulator/images`).',
  shape: 'registry',
  errors: {
    BAD_REQUEST: { status: 400, to: 'a token for another service than Docker Hub’s registry' },
    UNAUTHORIZED: {
      status: 401,
      to: 'Docker Hub without a token for the repository, or for a repository that is not there, with the challenge',
      seen: 'https://distribution.github.io/distribution/spec/auth/token/',
    },
    NOT_FOUND: { status: 404, to: 'any other path' },
    MANIFEST_UNKNOWN: {
      status: 404,
      to: 'an image that is not there',
      seen: 'MicrosoftDocs/azure-docs#90060',
    },
    UNSUPPORTED: { status: 405, to: 'a manifest with another method than HEAD and GET', seen: DISTRIBUTION },
  },
  operations: [
    { route: 'GET https://auth.docker.io/token', does: 'gives anybody a token', refuses: ['BAD_REQUEST'] },
    ...READS.flatMap((method) => [
      {
        route: `${method} ${manifestsAt(DOCKER)}`,
        does: 'says whether Docker Hub has an image',
        refuses: ['UNAUTHORIZED', 'MANIFEST_UNKNOWN'] as const,
      },
      ...['https://quay.io', 'https://mcr.microsoft.com'].map((origin) => ({
        route: `${method} ${manifestsAt(origin)}`,
        does: 'says whether it has an image',
        refuses: ['MANIFEST_UNKNOWN'] as const,
      })),
      { route: `${method} ${manifestsAt('https://registry.k8s.io')}`, does: 'sends on to the next' },
      {
        route: `${method} ${manifestsAt(KUBERNETES_UPSTREAM, 'k8s-artifacts-prod/images/')}`,
        does: 'says whether registry.k8s.io has an image',
        refuses: ['MANIFEST_UNKNOWN'] as const,
      },
    ]),
  ],
  elsewhere: ['NOT_FOUND', 'UNSUPPORTED'],
  differences: [
    'Nobody can log in, nothing can be pulled, and Docker Hub’s rate limit is missing.',
    'Docker Hub’s tokens never expire, and are anybody’s to make. Any digest of a repository that is there is taken for one of its images’.',
    'registry.k8s.io always sends on to the same host. That Quay needs no token is from memory, unverified.',
    'The member detail of errors is empty.',
  ],
});
