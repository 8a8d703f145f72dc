import { invalidContent } from '../arm/arm-errors.ts';
import type { ArmRequest } from '../arm/arm-request.ts';
import { checkTags } from '../arm/check-tags.ts';
import { isJsonObject, textAt } from '../base/json.ts';
import { HttpError } from '../http/http-error.ts';

/** The members that a resource may have outside of its properties (Azure/azure-resource-manager-rpc, resource-api-reference). */
const MEMBERS = new Set(
  (
    'id name type location tags properties kind sku identity plan zones placement managedBy extendedLocation systemData ' +
    'eTag etag apiVersion'
  ).split(' '),
);

/** The body of a change of tags is no resource (azure-rest-api-specs, Microsoft.Resources resources.json, TagsPatchResource). */
const MEMBERS_OF_TYPE: Readonly<Record<string, readonly string[]>> = { 'Microsoft.Resources/tags': ['operation'] };

/**
 * What Resource Manager and its contract with the providers ask of the body of a PUT or PATCH, whatever the type.
 *
 * @throws HttpError 400 for what is no object, a member that no resource has, tags that none may have, or a provisioning state that is not
 * the resource's.
 */
export const checkEnvelope = (request: ArmRequest, type: string): void => {
  const { body, world } = request;
  if (body === undefined) return;
  if (!isJsonObject(body)) {
    throw invalidContent(
      `Cannot deserialize ${JSON.stringify(body).slice(0, 200)} into type 'ResourceDefinition'. Path ''.`,
    );
  }
  const unknown = Object.keys(body).find((key) => !MEMBERS.has(key) && !MEMBERS_OF_TYPE[type]?.includes(key));
  if (unknown !== undefined) {
    throw invalidContent(
      `Could not find member '${unknown}' on object of type 'ResourceDefinition'. Path '${unknown}'.`,
    );
  }
  checkTags(body.tags);
  const given = textAt(body, 'properties', 'provisioningState');
  const before = world.resources.get(request.path);
  if (given === undefined || !before) return;
  const state = textAt(before.properties, 'provisioningState') ?? 'Succeeded';
  if (given.toLowerCase() === state.toLowerCase()) return;
  // Code and text: from memory, unverified; the contract asks for a 400.
  throw new HttpError(
    400,
    'BadRequest',
    `The provisioningState '${given}' of the request is not the resource's, which is '${state}'.`,
    { target: 'properties.provisioningState' },
  );
};
