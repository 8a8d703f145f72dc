import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Backend } from './backends.ts';

const HostJson = z.looseObject({
  extensions: z.looseObject({ durableTask: z.record(z.string(), z.unknown()) }),
});

/** A backend says these two, whole, and nothing else. */
const BackendJson = z.strictObject({
  extensions: z.strictObject({
    durableTask: z.strictObject({
      hubName: z.string().optional(),
      storageProvider: z.looseObject({ type: z.string() }),
    }),
  }),
});

/**
 * host.json with the part of a backend: what the backend says of `extensions.durableTask` takes the place of what host.json says, field by
 * field, since a setting of one storage provider means nothing to another.
 *
 * @param root - the project's root folder.
 * @throws when a file is not what it should be.
 */
export const hostJson = (root: string, backend: Backend): z.output<typeof HostJson> => {
  const base = HostJson.parse(readJson(join(root, 'host.json')));
  const part = BackendJson.parse(readJson(join(root, 'infra', 'backends', `${backend}.json`)));
  const durableTask = { ...base.extensions.durableTask, ...part.extensions.durableTask };
  return { ...base, extensions: { ...base.extensions, durableTask } };
};

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
