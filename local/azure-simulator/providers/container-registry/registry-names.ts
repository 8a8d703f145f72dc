import { z } from 'zod';
import type { ArmRequest } from '../../arm/arm-request.ts';
import type { JsonObject } from '../../base/json.ts';
import { HttpError } from '../../http/http-error.ts';
import type { Resource } from '../../state/resource.ts';

const VALID = /^[a-zA-Z0-9]{5,50}$/;

/** Text: CompositionalIT/farmer issue 909. The code InvalidResourceName is unverified. */
const invalid = 'Resource names may contain alpha numeric characters only and must be between 5 and 50 characters.';

const isTaken = (request: ArmRequest, name: string): boolean => {
  const { resources, settings } = request.world;
  const same = (other: string): boolean => other.toLowerCase() === name.toLowerCase();
  return (
    resources.ofType('Microsoft.ContainerRegistry/registries').some((one) => same(one.name)) ||
    settings.values.takenNames.registries.some(same)
  );
};

/** @throws HttpError 400 InvalidResourceName, 409 AlreadyInUse: a registry's name is its DNS name and global. */
export const checkRegistryName = (request: ArmRequest, before: Resource | undefined): void => {
  const name = request.parameter('registry');
  if (!VALID.test(name)) throw new HttpError(400, 'InvalidResourceName', invalid);
  if (before || !isTaken(request, name)) return;
  throw new HttpError(
    409,
    'AlreadyInUse',
    `The registry DNS name ${name.toLowerCase()}.${request.cloud.registrySuffix} is already in use. You can check if the name is already claimed using following API: https://docs.microsoft.com/en-us/rest/api/containerregistry/registries/checknameavailability`,
  );
};

const schema = z.looseObject({ name: z.string(), type: z.literal('Microsoft.ContainerRegistry/registries') });

export const registryNameAvailability = (request: ArmRequest): JsonObject => {
  const { name } = request.content(schema);
  if (!VALID.test(name)) return { nameAvailable: false, reason: 'Invalid', message: invalid };
  if (!isTaken(request, name)) return { nameAvailable: true };
  return { nameAvailable: false, reason: 'AlreadyExists', message: `The registry ${name} is already in use.` };
};
