import { HttpError } from '../http/http-error.ts';

/** Errors that Resource Manager itself answers, for every provider. Texts: Azure's troubleshooting pages, else from memory, unverified. */

export const resourceNotFound = (type: string, name: string, group: string): HttpError =>
  new HttpError(
    404,
    'ResourceNotFound',
    `The Resource '${type}/${name}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
    { headers: { 'x-ms-failure-cause': 'gateway' }, shape: 'standard' },
  );

export const resourceGroupNotFound = (group: string): HttpError =>
  new HttpError(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`, {
    headers: { 'x-ms-failure-cause': 'gateway' },
    shape: 'standard',
  });

export const parentNotFound = (type: string, parentId: string): HttpError =>
  new HttpError(
    404,
    'ParentResourceNotFound',
    `Failed to perform 'write' on resource(s) of type '${type.split('/').slice(1).join('/')}', because the parent resource '${parentId}' could not be found.`,
    { shape: 'standard' },
  );

export const invalidContent = (message: string): HttpError =>
  new HttpError(
    400,
    'InvalidRequestContent',
    `The request content was invalid and could not be deserialized: '${message}'.`,
    {
      shape: 'standard',
    },
  );

/** Text: Azure/ARO-RP, pkg/frontend/middleware/body.go, a provider behind the same gateway. */
export const unsupportedMediaType = (contentType: string): HttpError =>
  new HttpError(
    415,
    'UnsupportedMediaType',
    `The content media type '${contentType}' is not supported. Only 'application/json' is supported.`,
    { shape: 'standard' },
  );

/** Code and text: Azure/azure-cli issue 14481. Of a name that is too long or ends with a period: unverified. */
export const invalidGroupName = (name: string): HttpError => {
  const strange = [...new Set(name.match(/[^-\w._()\p{L}\p{N}]/gu) ?? [])].join('');
  const reason =
    strange !== ''
      ? `has these invalid characters: '${strange}'. The name can only be a letter, digit, '-', '.', '(', ')' or '_'`
      : 'is longer than 90 characters or ends with a period';
  return new HttpError(400, 'InvalidResourceGroup', `The provided resource group name '${name}' ${reason}.`, {
    shape: 'standard',
  });
};

export const locationRequired = (): HttpError =>
  new HttpError(400, 'LocationRequired', 'The location property is required for this definition.', {
    shape: 'standard',
  });

export const locationNotAvailable = (location: string, type: string, regions: string[]): HttpError =>
  new HttpError(
    400,
    'LocationNotAvailableForResourceType',
    `The provided location '${location}' is not available for resource type '${type}'. List of available regions for the resource type is '${regions.join(',')}'.`,
    { shape: 'standard' },
  );

export const existsInOtherLocation = (name: string, is: string, group: string, wanted: string): HttpError =>
  new HttpError(
    409,
    'InvalidResourceLocation',
    `The resource '${name}' already exists in location '${is}' in resource group '${group}'. A resource with the same name cannot be created in location '${wanted}'. Please select a new resource name.`,
    { shape: 'standard' },
  );
