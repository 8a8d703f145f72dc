import { z } from 'zod';
import type { ArmRequest } from '../../arm/arm-request.ts';
import type { JsonObject } from '../../base/json.ts';
import { HttpError } from '../../http/http-error.ts';
import { isWithin } from '../../state/resource-id.ts';
import { invalidValues } from './account-schema.ts';

const VALID = /^[a-z0-9]{3,24}$/;
const TYPE = 'Microsoft.Storage/storageAccounts';

const invalid = (name: string): string =>
  `${name} is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.`;

/** @throws HttpError 400 AccountNameInvalid, 409 StorageAccountAlreadyTaken or StorageAccountAlreadyExists: names are global. */
export const checkAccountName = (request: ArmRequest): void => {
  const name = request.parameter('account');
  const { resources, settings, operations } = request.world;
  if (!VALID.test(name)) throw new HttpError(400, 'AccountNameInvalid', invalid(name));
  const taken = (): HttpError =>
    new HttpError(409, 'StorageAccountAlreadyTaken', `The storage account named ${name} is already taken.`);
  if (settings.values.takenNames.storageAccounts.includes(name)) throw taken();
  const building = operations.findUnderWay(TYPE, name, request.now)?.resourceId;
  const other = resources.ofType(TYPE).find((account) => account.name === name)?.id ?? building;
  if (other === undefined || isWithin(other, request.groupId)) return;
  if (!isWithin(other, request.subscriptionPath)) throw taken();
  throw new HttpError(
    409,
    'StorageAccountAlreadyExists',
    `The storage account named ${name} already exists under the subscription.`,
  );
};

const schema = z.looseObject({ name: z.string(), type: z.literal(TYPE) });

export const accountNameAvailability = (request: ArmRequest): JsonObject => {
  const { name } = request.content(schema, ({ path }) => invalidValues(String(path.at(-1) ?? 'accountName')));
  const { resources, settings, operations } = request.world;
  if (!VALID.test(name)) return { nameAvailable: false, reason: 'AccountNameInvalid', message: invalid(name) };
  const used =
    settings.values.takenNames.storageAccounts.includes(name) ||
    resources.ofType(TYPE).some((account) => account.name === name) ||
    operations.findUnderWay(TYPE, name, request.now) !== undefined;
  if (!used) return { nameAvailable: true };
  return {
    nameAvailable: false,
    reason: 'AlreadyExists',
    message: `The storage account named ${name} is already taken.`,
  };
};
