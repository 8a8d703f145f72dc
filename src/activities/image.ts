import { isRestError } from '@azure/core-rest-pipeline';
import { z } from 'zod';
import { armClients } from '../azure/arm-clients.ts';
import { currentExchange, operationSchema } from '../azure/exchange.ts';
import { type AzureFailure, AzureOperationError, toAzureFailure } from '../azure/failures/azure-failure.ts';
import { pollOperation } from '../azure/poll-operation.ts';
import { readRegistryCredentials } from '../azure/registries/read-registry-credentials.ts';
import { type RegistrySession, registrySession } from '../azure/registries/registry-session.ts';
import { submit } from '../azure/submit.ts';
import type { ReconcileResult } from '../deployment/driver/reconcile-result.ts';
import { digestOf, movedSource, splitSource } from '../deployment/names/image.ts';
import { resourceId } from '../deployment/names/resource-ids.ts';
import type { Inspection } from '../deployment/plan/inspection.ts';
import { image } from '../steps/image.ts';
import { implement } from './implement.ts';
import { pinSource } from './reconcile/pinned-source.ts';

type ImageInput = z.infer<typeof image.input>;
type Value = z.infer<typeof image.value>;

/** Where this run imports an image from. */
const beginSchema = z.object({
  source: z.string(),
  /** The digest that the source names, where the image is imported by it. */
  digest: z.string().optional(),
  /** The place that it moved to, in the request's form. */
  movedTo: z.string().optional(),
  /** The registry's tag points to another digest, and is made to point to this one. */
  replaces: z.boolean().optional(),
});

type Begin = z.infer<typeof beginSchema>;

/** Where Azure shows the progress of the import (which is no resource that could be read) while there is one. */
const checkpointSchema = beginSchema.extend({ operation: operationSchema.optional() });

/** Whether the registry holds the image. Resource Manager does not know: the registry itself is asked. */
const inspectImage = async (input: ImageInput): Promise<Inspection<Value>> => {
  const session = input.loginServer === '' ? undefined : registrySession(input.loginServer);
  const resourceId = registryIdOf(input);
  if (input.pinned) return inspectPinned(input, session);
  const held = await session?.find(input.image);
  return held ? unchangedImage(input) : { action: 'create', changes: [], resourceId };
};

/** @param registry - undefined while there is none. */
const inspectPinned = async (input: ImageInput, registry: RegistrySession | undefined): Promise<Inspection<Value>> => {
  const held = await registry?.find(input.image);
  const resourceId = registryIdOf(input);
  if (held && isWanted(held.digest, input)) return unchangedImage(input, held.digest);
  const { digest } = await pinSource(input.source);
  const changes = [{ property: 'digest', from: held?.digest ?? 'not set', to: digest }];
  return { action: held ? 'update' : 'create', changes, resourceId };
};

const unchangedImage = (input: ImageInput, digest?: string): Inspection<Value> => {
  const { source, image } = input;
  const value = { source, image, ...(digest !== undefined && { digest }) };
  return { action: 'unchanged', changes: [], resourceId: registryIdOf(input), value };
};

/** A tag was pinned when it was imported; that its source's tag moved on since changes nothing. */
const isWanted = (held: string | undefined, { source }: ImageInput): boolean => {
  const wanted = digestOf(source);
  return wanted === undefined || held === wanted;
};

const registryIdOf = (input: ImageInput): string =>
  resourceId(input, 'Microsoft.ContainerRegistry/registries', input.registryName);

/** Imports an image, and follows the import. */
const importImage = async (input: ImageInput, checkpoint: string | undefined): Promise<Imported> => {
  if (checkpoint === undefined) {
    return input.pinned ? importPinned(input) : startImport(input, { source: input.source });
  }
  const { operation: sent, ...begin } = checkpointSchema.parse(JSON.parse(checkpoint));
  if (sent === undefined) return startImport(input, begin);
  const operation = await pollOperation(sent);
  if (operation.state === 'running') {
    return { kind: 'running', usualSeconds: image.usualSeconds.create, pollAfterSeconds: operation.retryAfterSeconds };
  }
  if (operation.state === 'succeeded') return imported(input, begin, begin.replaces ? 'updated' : 'created');
  if (operation.state === 'unreadable') return startImport(input, begin);
  return afterFailure(input, begin, operation.error.failure);
};

type Imported = ReconcileResult<Value>;

const importPinned = async (input: ImageInput): Promise<Imported> => {
  const held = await findHeld(input.image, input.loginServer);
  if (held?.digest !== undefined && isWanted(held.digest, input)) {
    return imported(input, { source: input.source, digest: held.digest }, 'unchanged');
  }
  const { source, digest, movedTo } = await pinSource(input.source);
  return startImport(input, { source, digest, movedTo, ...(held?.digest !== undefined && { replaces: true }) });
};

/** What the registry holds; without the right to ask it, the import itself finds out. */
const findHeld = async (image: string, loginServer: string): ReturnType<RegistrySession['find']> => {
  try {
    return await registrySession(loginServer).find(image);
  } catch (error) {
    const status = error instanceof AzureOperationError ? error.failure.status : undefined;
    if (status === 401 || status === 403) return undefined;
    throw error;
  }
};

const startImport = async (input: ImageInput, begin: Begin): Promise<Imported> => {
  const { registries } = armClients(input.subscriptionId).registries;
  const credentials = input.credentials && (await readRegistryCredentials(input.credentials));
  try {
    const { operation } = await submit(() =>
      registries.importImage(input.resourceGroupName, input.registryName, {
        source: { ...splitSource(begin.source), ...(credentials && { credentials }) },
        targetTags: [input.image],
        mode: begin.replaces ? 'Force' : 'NoForce',
      }),
    );
    if (operation === undefined) return imported(input, begin, begin.replaces ? 'updated' : 'created');
    return {
      kind: 'running',
      usualSeconds: image.usualSeconds.create,
      checkpoint: JSON.stringify({ ...begin, operation }),
    };
  } catch (error) {
    if (!isRestError(error)) throw error;
    const failure = toAzureFailure(error, currentExchange());
    return afterFailure(input, begin, { ...failure, message: withoutValues(failure.message, credentials) });
  }
};

/** Should Azure repeat in an error what it was sent. */
const withoutValues = (message: string, credentials: Readonly<Record<string, string>> = {}): string =>
  Object.values(credentials).reduce((text, value) => (value === '' ? text : text.replaceAll(value, '***')), message);

/** A tag that is there already is what was wanted; an image that moved is imported from its new place; all else is a failure. */
const afterFailure = async (input: ImageInput, begin: Begin, failure: AzureFailure): Promise<Imported> => {
  if (/already exists in target registry/i.test(failure.message)) {
    // An import whose answer was lost, or somebody else's: the registry says which digest the tag points to.
    const held = begin.digest === undefined ? undefined : await findHeld(input.image, input.loginServer);
    return imported(input, { ...begin, digest: held?.digest }, 'unchanged');
  }
  const moved = begin.source === input.source && isMissing(failure) ? movedSource(begin.source) : undefined;
  if (moved === undefined) throw new AzureOperationError(failure, JSON.stringify(begin));
  return startImport(input, { ...begin, source: moved, movedTo: moved });
};

/** How registries say that an image is gone: Docker Hub answers "denied" for a repository that does not exist. */
const isMissing = ({ message }: AzureFailure): boolean =>
  /manifest unknown|not found|access to the resource is denied/i.test(message);

const imported = (input: ImageInput, begin: Begin, change: 'created' | 'updated' | 'unchanged'): Imported => {
  const { source, digest } = begin;
  // A run that an earlier release began says only from where it imports.
  const movedTo = begin.movedTo ?? (source === input.source || input.pinned ? undefined : source);
  return {
    kind: 'done',
    value: { source, image: input.image, ...(digest !== undefined && { digest }) },
    change,
    ...(change === 'updated' && { changed: ['digest'] }),
    ...(digest !== undefined && { digest }),
    resourceId: registryIdOf(input),
    ...(movedTo !== undefined && {
      note: `${input.image}: ${input.source} is gone; it was imported from ${movedTo}, which is no longer maintained.`,
    }),
  };
};

export const imageImplementation = implement(image, { inspect: inspectImage, apply: importImage });
