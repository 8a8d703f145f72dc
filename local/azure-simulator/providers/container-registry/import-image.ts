import { z } from 'zod';
import type { ArmRequest } from '../../arm/arm-request.ts';
import { hasSucceeded, operationOf } from '../../arm/operation-result.ts';
import { type Route, SUBSCRIPTION } from '../../arm/route.ts';
import { existing } from '../../arm/tracked-resources.ts';
import { DURATIONS, RETRY_AFTER } from '../../base/durations.ts';
import { at, textAt } from '../../base/json.ts';
import { type Answer, empty, json } from '../../http/answer.ts';
import { HttpError } from '../../http/http-error.ts';
import type { OperationError } from '../../state/operation.ts';
import type { Resource } from '../../state/resource.ts';
import type { ContainerRegistryWorld, RegistryRequest } from './container-registry-world.ts';
import { REGISTRY_PATH, REGISTRY_TYPE, registryId } from './registries.ts';

/** The simulator's own way to show what a registry holds; Resource Manager has no such type. */
const IMPORTED_IMAGE_TYPE = 'Microsoft.ContainerRegistry/registries/importedImages';

const TAGGED = /^[a-z0-9]+(?:(?:[._]|__|-+|\/)[a-z0-9]+)*:[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

const schema = z.looseObject({
  source: z.looseObject({
    sourceImage: z.string().min(1),
    registryUri: z.string().nullish(),
    resourceId: z.string().nullish(),
    credentials: z.looseObject({ username: z.string().nullish(), password: z.string() }).nullish(),
  }),
  targetTags: z.array(z.string()).nullish(),
  untaggedTargetRepositories: z.array(z.string()).nullish(),
  mode: z.enum(['NoForce', 'Force']).default('NoForce'),
});

type Body = z.infer<typeof schema>;

/** `docker.io/apache/airflow:2.9.3`: with Docker Hub's `library/` and `:latest` where they are left out. */
const referenceOf = (registry: string, image: string): string => {
  const host = registry.replace(/^(index|registry-1)\.docker\.io$/, 'docker.io');
  const path = host === 'docker.io' && !image.includes('/') ? `library/${image}` : image;
  const named = /[:@]/.test(path.split('/').at(-1) ?? '') ? path : `${path}:latest`;
  return `${host}/${named}`;
};

/** Without digest, else without tag: a colon in front of the last slash belongs to the host. */
const repositoryOf = (reference: string): string => {
  const [named = ''] = reference.split('@');
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  return colon < 0 ? named : named.slice(0, colon);
};

export const importedId = (registry: Resource, target: string): string =>
  `${registry.id}/importedImages/${target.replaceAll('/', '%2F')}`;

interface Source {
  readonly exists: boolean;
  readonly repositoryExists: boolean;
  readonly reference: string;
  /** The source registry does not know the user or the password; it is asked for nothing then. */
  readonly isRefused?: boolean;
}

const sourceExists = (request: RegistryRequest, { source }: Body): Source => {
  const { images, resources } = request.world;
  if (source.resourceId) {
    const registry = resources.get(source.resourceId);
    const exists = registry !== undefined && resources.get(importedId(registry, source.sourceImage)) !== undefined;
    return { exists, repositoryExists: exists, reference: `${source.resourceId}/${source.sourceImage}` };
  }
  const reference = referenceOf(source.registryUri ?? '', source.sourceImage);
  const own = resources
    .ofType(REGISTRY_TYPE)
    .find((one) => textAt(one.properties, 'loginServer') === source.registryUri);
  if (own) {
    const exists = resources.get(importedId(own, source.sourceImage)) !== undefined;
    return { exists, repositoryExists: exists, reference };
  }
  const repository = repositoryOf(reference);
  const repositoryExists = images.repositoryExists(repository);
  const { credentials } = source;
  const [, digest] = reference.split('@');
  const has = (withAccount: boolean): boolean =>
    digest === undefined
      ? images.exists(reference) || (withAccount && images.existsPrivately(reference))
      : images.hasDigest(request.world.seeded, repository, digest, withAccount);
  const exists = has(false);
  if (!credentials) return { exists, repositoryExists, reference };
  const account = {
    registry: reference.split('/')[0] ?? '',
    username: credentials.username ?? '',
    password: credentials.password,
  };
  if (!images.knows(account)) return { exists: false, repositoryExists, reference, isRefused: true };
  return { exists: has(true), repositoryExists, reference };
};

/** Why an import fails; the wording of the copy's error is from memory, unverified. */
const failure = (registry: Resource, id: string, source: Source): OperationError | undefined => {
  if (source.exists) return undefined;
  if (source.isRefused) {
    const repository = source.reference.split('/').slice(1).join('/').split(/[@:]/)[0] ?? '';
    const detail = [{ Type: 'repository', Class: '', Name: repository, Action: 'pull' }];
    const said = JSON.stringify({ errors: [{ code: 'UNAUTHORIZED', message: 'authentication required', detail }] });
    // Text: Azure/acr issues 181 (with a user's own credentials), 457; code: unverified.
    return {
      status: 400,
      code: 'InvalidParameters',
      message: `Operation registries-${id} failed. Resource ${registry.id} Invalid message Unauthorized Unauthorized ${said}`,
    };
  }
  const reason = source.repositoryExists
    ? `manifest unknown: manifest for ${source.reference} is not found`
    : 'denied: requested access to the resource is denied (repository does not exist or may require authorization)';
  return {
    status: 400,
    code: 'InvalidParameters',
    message: `Operation registries-${id} failed. Resource ${registry.id} Error copying blobs. Error: ${source.reference}: ${reason}`,
  };
};

/** @throws HttpError 400 */
const checkImport = ({ source, targetTags, untaggedTargetRepositories }: Body, registry: Resource): void => {
  // Code and text: MicrosoftDocs/azure-docs issue 112377; for this property: Azure/azure-sdk-for-js issue 11051.
  if (source.resourceId && !/^\/(subscriptions\/[^/]+|providers\/[^/]+\/)/i.test(source.resourceId)) {
    throw new HttpError(
      400,
      'LinkedInvalidPropertyId',
      `Property id '${source.resourceId}' at path 'source.resourceId' is invalid. Expect fully qualified resource Id that start with '/subscriptions/{subscriptionId}' or '/providers/{resourceProviderNamespace}/'.`,
      { shape: 'standard' },
    );
  }
  if (!source.registryUri && !source.resourceId) throw missing('Source.RegistryUri', registry);
  if (!targetTags?.length && !untaggedTargetRepositories?.length) throw missing('TargetTags', registry);
  // Code and text: unverified.
  const wrong = targetTags?.find((target) => !TAGGED.test(target));
  if (wrong !== undefined) throw new HttpError(400, 'InvalidParameters', `The target tag '${wrong}' is invalid.`);
};

/** Text: Azure/azure-powershell issue 24546. Code: unverified. */
const missing = (property: string, registry: Resource): HttpError =>
  new HttpError(
    400,
    'MissingProperty',
    `Missing property parameters.${property} for the operation against the resource with name ${registry.name}.`,
  );

const start = (request: RegistryRequest): Answer => {
  const { world } = request;
  const body = request.content(schema);
  const registry = existing(request, registryId(request), REGISTRY_TYPE);
  if (at(registry.properties, 'provisioningState') === 'Creating') {
    throw new HttpError(409, 'Conflict', `The registry ${registry.name} is still being created.`);
  }
  checkImport(body, registry);
  const targets = body.targetTags ?? [];
  if (body.source.credentials) world.secrets.add('source-registry-password', body.source.credentials.password);
  const taken =
    body.mode === 'NoForce' ? targets.find((target) => world.resources.get(importedId(registry, target))) : undefined;
  if (taken) throw new HttpError(409, 'Conflict', `Tag ${taken} already exists in target registry.`);
  const resourceId = importedId(registry, targets[0] ?? body.untaggedTargetRepositories?.[0] ?? '');
  const source = sourceExists(request, body);
  const [, pinned] = source.reference.split('@');
  const digest = pinned ?? world.images.digestOf(world.seeded, source.reference);
  const imported = targets.map((target) => {
    const [repository = '', tag = ''] = target.split(':');
    return {
      do: 'put' as const,
      resource: {
        id: importedId(registry, target),
        name: target,
        type: IMPORTED_IMAGE_TYPE,
        properties: { repository, tag, source: source.reference, digest },
      },
    };
  });
  const { id } = request.start({
    resourceId,
    operation: 'import',
    durationMs: world.durationMs(DURATIONS.imageImport, resourceId, 'import'),
    success: imported,
    error: failure(registry, request.nextOperationId(resourceId), source),
  });
  return { status: 202, body: null, headers: locationOf(request, registry.location ?? '', id) };
};

const locationOf = (request: ArmRequest, location: string, id: string): Record<string, string> => ({
  location: request.operationUrl(
    `${request.subscriptionPath}/providers/Microsoft.ContainerRegistry/locations/${location.toUpperCase()}/operationResults/registries-${id}`,
  ),
  ...RETRY_AFTER,
});

/** 202 while it runs; then what a synchronous call would have answered, failures included. */
const result = (request: ArmRequest): Answer => {
  const operation = operationOf(request, 'Microsoft.ContainerRegistry', 'registries-');
  if (!hasSucceeded(request, operation)) {
    return { status: 202, body: null, headers: locationOf(request, request.parameter('location'), operation.id) };
  }
  return operation.operation === 'delete' ? empty(200) : json(200, { status: 'Succeeded' });
};

/** The import of images from other registries. */
export const IMPORT_ROUTES: Route<ContainerRegistryWorld>[] = [
  {
    method: 'POST',
    path: `${REGISTRY_PATH}/importImage`,
    type: REGISTRY_TYPE,
    action: `${REGISTRY_TYPE}/importImage/action`,
    seconds: DURATIONS.accepted,
    handle: start,
  },
  {
    method: 'GET',
    path: `${SUBSCRIPTION}/providers/Microsoft.ContainerRegistry/locations/{location}/operationResults/{operation}`,
    type: REGISTRY_TYPE,
    action: 'Microsoft.ContainerRegistry/locations/operationResults/read',
    handle: result,
  },
];
