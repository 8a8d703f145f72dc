import { z } from 'zod';
import type { Azure } from '../azure/azure.ts';
import { SIMULATED_CALLER_OBJECT_ID } from '../base/identities.ts';
import { toJson } from '../base/json.ts';
import { apiTokenSchema, issueApiToken } from '../entra/api-token.ts';
import { type Answer, json } from '../http/answer.ts';
import type { Incoming } from '../http/incoming.ts';
import { faultSchema } from '../state/faults.ts';
import { settingsSchema } from '../state/settings.ts';
import { givenRolesSchema, giveRoles } from './caller-roles.ts';

const resetSchema = z.strictObject({
  seed: z.number().int().optional(),
  jitter: z.number().min(0).max(0.95).optional(),
});

const references = z
  .array(z.string().regex(/^[a-z0-9.-]+\.[a-z]+(:\d+)?(\/[a-z0-9._-]+)+:\w[\w.-]*$/, 'is not registry/repository:tag'))
  .optional();

const accounts = z
  .array(z.strictObject({ registry: z.string(), username: z.string(), password: z.string() }))
  .optional();

const imagesSchema = z.strictObject({
  add: references,
  /** Tags that point to another image from now on. */
  push: references,
  remove: references,
  addPrivate: references,
  accounts,
});

/** What `POST images` takes. */
export type ImageChanges = z.input<typeof imagesSchema>;

const settingsChangeSchema = settingsSchema.partial();

/** What `POST settings` takes. */
export type SettingsChange = z.input<typeof settingsChangeSchema>;

type Handler = (world: Azure, body: unknown) => Answer;

const faults = (world: Azure): Answer => json(200, { faults: toJson(world.faults.list()) });

/** What the control API can do, by method and name below `/_simulator/`. It has no key: for tests, on loopback only. */
const HANDLERS: Record<string, Handler> = {
  'POST reset': (world, body) => {
    world.reset(resetSchema.parse(body));
    return json(200, { seed: world.seeded.seed, jitter: world.jitter });
  },
  'GET resources': (world) => {
    world.settle();
    return json(200, {
      resources: toJson(world.resources.all()),
      deletedVaults: toJson(world.deletedVaults.list(world.now())),
      roleAssignments: toJson(world.assignments.all()),
    });
  },
  'GET requests': (world) => json(200, { requests: toJson(world.journal.entries()) }),
  'DELETE requests': (world) => {
    world.journal.clear();
    return json(200, { requests: [] });
  },
  'GET secrets': (world) => json(200, { secrets: toJson(world.secrets.list()) }),
  'GET operations': (world) => {
    world.settle();
    return json(200, { now: world.now(), operations: toJson(world.operations.view(world.now())) });
  },
  'POST faults': (world, body) => {
    const given = z.union([z.array(faultSchema), faultSchema.transform((fault) => [fault])]).parse(body);
    for (const fault of given) world.faults.add(fault);
    return faults(world);
  },
  'GET faults': faults,
  'DELETE faults': (world) => {
    world.faults.clear();
    world.operations.release(world.now());
    return faults(world);
  },
  'POST caller': (world, body) => {
    const given = givenRolesSchema(world.roles).parse(body);
    return json(200, {
      objectId: SIMULATED_CALLER_OBJECT_ID,
      roles: giveRoles(world, SIMULATED_CALLER_OBJECT_ID, given),
    });
  },
  'POST tokens': (world, body) => {
    const asked = apiTokenSchema.parse(body);
    return json(200, { token_type: 'Bearer', access_token: issueApiToken(world, asked) });
  },
  'POST signing-keys': (world) => json(200, { kid: world.signingKeys.rotate() }),
  'GET images': (world) => json(200, { images: world.images.list() }),
  'POST images': (world, body) => {
    const { add = [], push = [], remove = [], addPrivate = [], accounts = [] } = imagesSchema.parse(body);
    for (const reference of add) world.images.add(reference);
    for (const reference of push) world.images.push(reference);
    for (const reference of remove) world.images.remove(reference);
    for (const reference of addPrivate) world.images.addPrivate(reference);
    for (const account of accounts) world.images.addAccount(account);
    return json(200, { images: world.images.list() });
  },
  'GET settings': (world) => json(200, toJson(world.settings.values)),
  'POST settings': (world, body) => {
    const before = world.settings.values.subscriptions;
    const values = world.settings.change(settingsChangeSchema.parse(body));
    world.grantOwners(values.subscriptions.filter((id) => !before.includes(id)));
    return json(200, toJson(values));
  },
};

/** The control API under `/_simulator`; errors are `{"error": {"code", "message"}}` with 400, 404, 405 or 413. */
export const controlApi = (world: Azure, incoming: Incoming): Answer => {
  const name = incoming.path.replace(/^\/_simulator\/?/, '').replace(/\/$/, '');
  const handler = HANDLERS[`${incoming.method} ${name}`];
  if (!handler) {
    const methods = Object.keys(HANDLERS).flatMap((key) => (key.endsWith(` ${name}`) ? [key.split(' ')[0] ?? ''] : []));
    if (methods.length > 0)
      return refuse(405, `/_simulator/${name} takes ${methods.join(', ')}.`, { allow: methods.join(', ') });
    return refuse(404, `The control API has: ${Object.keys(HANDLERS).join(', ')}.`);
  }
  if (incoming.isOversize) return refuse(413, 'The body is too large.');
  let body: unknown;
  try {
    body = incoming.text.trim() === '' ? {} : JSON.parse(incoming.text);
  } catch (error) {
    return refuse(400, `The body is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  try {
    return world.store.transaction(() => handler(world, body));
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    return refuse(400, z.prettifyError(error));
  }
};

const CODES: Record<number, string> = { 404: 'NotFound', 405: 'MethodNotAllowed', 413: 'BodyTooLarge' };

const refuse = (status: number, message: string, headers: Record<string, string> = {}): Answer =>
  json(status, { error: { code: CODES[status] ?? 'InvalidBody', message } }, headers);
