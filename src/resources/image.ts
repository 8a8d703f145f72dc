import { isRestError } from '@azure/core-rest-pipeline';
import { z } from 'zod';
import { armClients } from '../azure/arm-clients.ts';
import { type AzureFailure, AzureOperationError, toAzureFailure } from '../azure/azure-failure.ts';
import { currentExchange, operationSchema } from '../azure/exchange.ts';
import { pollOperation } from '../azure/poll-operation.ts';
import { readRegistryCredentials } from '../azure/read-registry-credentials.ts';
import type { RegistrySession } from '../azure/registry-session.ts';
import { submit } from '../azure/submit.ts';
import { movedSource, splitSource } from '../deployment/image.ts';
import type { Progress } from '../deployment/progress.ts';
import { resourceId } from '../deployment/resource-ids.ts';
import type { image } from '../deployment/step-contracts.ts';
import type { StepLook } from '../deployment/step-look.ts';
import { lookAtExistence } from '../deployment/step-look.ts';
import { usualSeconds } from '../deployment/usual-seconds.ts';

type ImageInput = z.infer<typeof image.input>;

/** The source that this run asked for, and where Azure shows the progress of the import (which is no resource that could be read) while there is one. */
const resumeSchema = z.object({ source: z.string(), operation: operationSchema.optional() });

/** Whether the registry holds the image. Resource Manager does not know: the registry itself is asked. */
export const lookAtImage = async (input: ImageInput, registry: RegistrySession): Promise<StepLook> =>
  lookAtExistence(registryIdOf(input), await registry.has(input.image), undefined);

const registryIdOf = (input: ImageInput): string =>
  resourceId(input, 'Microsoft.ContainerRegistry/registries', input.registryName);

/** Imports an image, and follows the import. */
export const importImage = async (
  input: ImageInput,
  resume: string | undefined,
): Promise<Progress<z.infer<typeof image.value>>> => {
  if (resume === undefined) return startImport(input, input.source);
  const { source, operation: sent } = resumeSchema.parse(JSON.parse(resume));
  if (sent === undefined) return startImport(input, source);
  const operation = await pollOperation(sent);
  if (operation.state === 'running') {
    return { kind: 'running', usualSeconds: usualSeconds.image, pollAfterSeconds: operation.retryAfterSeconds };
  }
  if (operation.state === 'succeeded') return imported(input, source, 'created');
  if (operation.state === 'unreadable') return startImport(input, source);
  return afterFailure(input, source, operation.error.failure);
};

const startImport = async (input: ImageInput, source: string): Promise<Progress<z.infer<typeof image.value>>> => {
  const { registries } = armClients(input.subscriptionId).registries;
  const credentials = input.credentials && (await readRegistryCredentials(input.credentials));
  try {
    const { operation } = await submit(() =>
      registries.importImage(input.resourceGroupName, input.registryName, {
        source: { ...splitSource(source), ...(credentials && { credentials }) },
        targetTags: [input.image],
        mode: 'NoForce',
      }),
    );
    if (operation === undefined) return imported(input, source, 'created');
    const resume = JSON.stringify({ source, operation });
    return { kind: 'running', usualSeconds: usualSeconds.image, resume };
  } catch (error) {
    if (!isRestError(error)) throw error;
    const failure = toAzureFailure(error, currentExchange());
    return afterFailure(input, source, { ...failure, message: withoutValues(failure.message, credentials) });
  }
};

/** Should Azure repeat in an error what it was sent. */
const withoutValues = (message: string, credentials: Readonly<Record<string, string>> = {}): string =>
  Object.values(credentials).reduce((text, value) => (value === '' ? text : text.replaceAll(value, '***')), message);

/** A tag that is there already is what was wanted; an image that moved is imported from its new place; all else is a failure. */
const afterFailure = async (
  input: ImageInput,
  source: string,
  failure: AzureFailure,
): Promise<Progress<z.infer<typeof image.value>>> => {
  if (/already exists in target registry/i.test(failure.message)) return imported(input, source, 'unchanged');
  const moved = source === input.source && isMissing(failure) ? movedSource(source) : undefined;
  if (moved === undefined) throw new AzureOperationError(failure, JSON.stringify({ source }));
  return startImport(input, moved);
};

/** How registries say that an image is gone: Docker Hub answers "denied" for a repository that does not exist. */
const isMissing = ({ message }: AzureFailure): boolean =>
  /manifest unknown|manifest for .* not found|not found|access to the resource is denied/i.test(message);

const imported = (
  input: ImageInput,
  source: string,
  change: 'created' | 'unchanged',
): Progress<z.infer<typeof image.value>> => ({
  kind: 'done',
  value: { source, image: input.image },
  change,
  resourceId: registryIdOf(input),
  ...(source !== input.source && {
    note: `${input.image}: ${input.source} is gone; it was imported from ${source}, which is no longer maintained.`,
  }),
});
