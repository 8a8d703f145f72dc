import { z } from 'zod';
import type { ArmRequest } from '../../arm/arm-request.ts';
import { GROUP, type Route } from '../../arm/route.ts';
import { existing } from '../../arm/tracked-resources.ts';
import { type JsonObject, objectAt, textAt } from '../../base/json.ts';
import { type Answer, json } from '../../http/answer.ts';
import type { Resource } from '../../state/resource.ts';
import type { World } from '../../state/world.ts';
import { ACCOUNT_TYPE, accountId } from './account-id.ts';
import { invalidValues } from './account-schema.ts';

const PATH = `${GROUP}/providers/${ACCOUNT_TYPE}/{account}`;
const KEYS = ['key1', 'key2'];

const keyValue = (world: World, account: Resource, keyName: string): string => {
  const generations = `${world.generation(account.id)}.${world.generation(`${account.id}/${keyName}`)}`;
  return world.seeded.base64(account.id, `${keyName} ${generations}`, 64);
};

/** The values of an account's keys, base64. */
export const keyValues = (world: World, account: Resource): string[] =>
  KEYS.map((keyName) => keyValue(world, account, keyName));

const keys = ({ world }: ArmRequest, account: Resource): JsonObject[] =>
  KEYS.map((keyName) => {
    const born = textAt(account.properties, 'creationTime') ?? '';
    const value = keyValue(world, account, keyName);
    world.secrets.add('storage-account-key', value);
    return {
      creationTime: textAt(account.properties, 'keyCreationTime', keyName) ?? born,
      keyName,
      value,
      permissions: 'FULL',
    };
  });

const list = (request: ArmRequest): Answer =>
  json(200, { keys: keys(request, existing(request, accountId(request), ACCOUNT_TYPE)) });

const regenerate = (request: ArmRequest): Answer => {
  const { keyName } = request.content(z.looseObject({ keyName: z.string() }), () => invalidValues('keyName'));
  const account = existing(request, accountId(request), ACCOUNT_TYPE);
  if (!KEYS.includes(keyName)) throw invalidValues('keyName');
  request.world.nextGeneration(`${account.id}/${keyName}`);
  const keyCreationTime = { ...objectAt(account.properties, 'keyCreationTime'), [keyName]: request.timestamp };
  const changed = request.world.resources.put({ ...account, properties: { ...account.properties, keyCreationTime } });
  return json(200, { keys: keys(request, changed) });
};

/** The two keys of an account. */
export const ACCOUNT_KEY_ROUTES: Route[] = [
  {
    method: 'POST',
    path: `${PATH}/listKeys`,
    type: ACCOUNT_TYPE,
    action: `${ACCOUNT_TYPE}/listkeys/action`,
    handle: list,
  },
  {
    method: 'POST',
    path: `${PATH}/regenerateKey`,
    type: ACCOUNT_TYPE,
    action: `${ACCOUNT_TYPE}/regeneratekey/action`,
    seconds: 1,
    handle: regenerate,
  },
];
