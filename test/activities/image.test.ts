import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { imageImplementation } from '../../src/activities/image.ts';
import { image } from '../../src/steps/image.ts';
import { GROUP } from '../support/a-located-deployment.ts';
import { callActivity, deploymentAir, operationUrl, stepInput } from '../support/call-activity.ts';
import { type Answer, azureError, NOT_FOUND, useScriptedAzure } from '../support/scripted-azure.ts';

const azure = useScriptedAzure();

const REGISTRY = `${GROUP}/providers/Microsoft.ContainerRegistry/registries/regair`;
const IMPORT = `POST ${REGISTRY}/importImage`;
const OWN = 'https://regair.azurecr.io';
const IN_OWN = `HEAD ${OWN}/v2/airflow/manifests/2.9.3`;
const POLL = `GET ${operationUrl('import').replace('https://management.azure.com', '')}`;
const ACCEPTED: Answer = { status: 202, headers: { location: operationUrl('import') } };
const OPERATION = { url: operationUrl('import'), kind: 'result' };

const SOURCE = 'quay.io/a/airflow:2.9.3';
const AT_SOURCE = 'HEAD https://quay.io/v2/a/airflow/manifests/2.9.3';
const DIGEST = `sha256:${'1'.repeat(64)}`;
const OTHER_DIGEST = `sha256:${'2'.repeat(64)}`;
const BY_DIGEST = `quay.io/a/airflow@${DIGEST}`;
const HARDENED = { profile: 'hardened' };

const atDigest = (digest: string): Answer => ({ headers: { 'docker-content-digest': digest } });

const MOVED = 'docker.io/bitnami/airflow:2.9.3';
const MOVED_TO = 'docker.io/bitnamilegacy/airflow:2.9.3';
const MOVED_NOTE = `airflow:2.9.3: ${MOVED} is gone; it was imported from ${MOVED_TO}, which is no longer maintained.`;

const inputOf = (source: string, body: object = {}, loginServer = 'regair.azurecr.io') =>
  stepInput(image, deploymentAir({ images: [{ source, image: 'airflow:2.9.3' }], ...body }), {
    registry: { id: REGISTRY, loginServer },
  });

const apply = (source = SOURCE, body: object = {}, checkpoint?: object) =>
  callActivity(imageImplementation.activity, inputOf(source, body), {
    ...(checkpoint && { checkpoint: JSON.stringify(checkpoint) }),
  });

const inspect = (source = SOURCE, body: object = {}, loginServer?: string) =>
  imageImplementation.inspect(inputOf(source, body, loginServer));

/** What the registry of the deployment says of the image. */
const held = (answer: Answer): void => {
  azure.on(`POST ${OWN}/oauth2/exchange`, { body: { refresh_token: 'refresh' } });
  azure.on(`POST ${OWN}/oauth2/token`, { body: { access_token: 'access' } });
  azure.on(IN_OWN, answer);
};

const done = (value: object, rest: object) => ({
  kind: 'done',
  value: { image: 'airflow:2.9.3', ...value },
  resourceId: REGISTRY,
  ...rest,
});

const waiting = (checkpoint: object) => ({
  kind: 'wait',
  requeueAfterSeconds: 18,
  checkpoint: JSON.stringify(checkpoint),
  wrote: true,
});

describe('a plan', () => {
  it('finds the image in the registry, or not', async () => {
    held(200);
    const value = { source: SOURCE, image: 'airflow:2.9.3' };
    expect(await inspect()).toEqual({ action: 'unchanged', changes: [], resourceId: REGISTRY, value });
    held(404);
    expect(await inspect()).toEqual({ action: 'create', changes: [], resourceId: REGISTRY });
  });

  it('asks no registry that does not exist', async () => {
    expect(await inspect(SOURCE, {}, '')).toEqual({ action: 'create', changes: [], resourceId: REGISTRY });
    expect(azure.routes).toEqual([]);
  });

  it('is not made when the registry does not let it see', async () => {
    held(403);
    await expect(inspect()).rejects.toThrow('HttpStatus403: The registry regair.azurecr.io answered HTTP 403.');
  });

  it('is made at the group of the registry, when that is somebody else’s', async () => {
    const theirs = `${GROUP.replace('/rg', '/theirs')}/providers/Microsoft.ContainerRegistry/registries/regair`;
    held(200);
    const body = { registryName: undefined, existing: { registryId: theirs } };
    expect(await inspect(SOURCE, body)).toMatchObject({ resourceId: theirs });
  });

  it.each([
    ['no registry yet', undefined, SOURCE, 'create', [{ property: 'digest', from: 'not set', to: DIGEST }]],
    ['no image', 404, SOURCE, 'create', [{ property: 'digest', from: 'not set', to: DIGEST }]],
    ['the image of the tag', atDigest(OTHER_DIGEST), SOURCE, 'unchanged', []],
    ['the image of the digest', atDigest(DIGEST), BY_DIGEST, 'unchanged', []],
    [
      'another image',
      atDigest(OTHER_DIGEST),
      BY_DIGEST,
      'update',
      [{ property: 'digest', from: OTHER_DIGEST, to: DIGEST }],
    ],
    ['an unknown image', 200, BY_DIGEST, 'update', [{ property: 'digest', from: 'not set', to: DIGEST }]],
  ] as const)(
    'of a hardened deployment names the digest where the registry has %s',
    async (_, own, source, action, changes) => {
      if (own !== undefined) held(own);
      azure.on(AT_SOURCE, atDigest(DIGEST));
      expect(await inspect(source, HARDENED, own === undefined ? '' : undefined)).toEqual({
        action,
        changes,
        resourceId: REGISTRY,
        ...(action === 'unchanged' && {
          value: { source, image: 'airflow:2.9.3', digest: source === SOURCE ? OTHER_DIGEST : DIGEST },
        }),
      });
    },
  );

  it('of a hardened deployment is not made when the digest could not be seen', async () => {
    held(404);
    azure.on(AT_SOURCE, 404);
    await expect(inspect(SOURCE, HARDENED)).rejects.toThrow(
      `SourceDigestUnknown: The digest of ${SOURCE} is not known: the image does not exist, or not for everyone.`,
    );
  });
});

describe('an import', () => {
  it('begins and is followed to its end', async () => {
    azure.on(IMPORT, ACCEPTED);
    expect(await apply()).toEqual(waiting({ source: SOURCE, operation: OPERATION }));
    expect(azure.request(IMPORT).body).toEqual({
      source: { registryUri: 'quay.io', sourceImage: 'a/airflow:2.9.3' },
      targetTags: ['airflow:2.9.3'],
      mode: 'NoForce',
    });
    azure.on(POLL, { status: 202, headers: { 'retry-after': '25' } }, 200);
    const checkpoint = { source: SOURCE, operation: OPERATION };
    expect(await apply(SOURCE, {}, checkpoint)).toEqual({ kind: 'wait', requeueAfterSeconds: 25 });
    expect(await apply(SOURCE, {}, checkpoint)).toEqual(done({ source: SOURCE }, { change: 'created' }));
  });

  it('may end at once', async () => {
    azure.on(IMPORT, 200);
    expect(await apply()).toEqual(done({ source: SOURCE }, { change: 'created' }));
  });

  it('of an image that is there already changes nothing', async () => {
    azure.on(IMPORT, azureError(409, 'Conflict', 'Tag airflow:2.9.3 already exists in target registry.'));
    expect(await apply()).toEqual(done({ source: SOURCE }, { change: 'unchanged' }));
  });

  it('begins again where Azure no longer knows of it', async () => {
    const forgotten = { url: operationUrl('import'), kind: 'status' };
    azure.on(POLL, 404);
    azure.on(IMPORT, ACCEPTED);
    expect(await apply(SOURCE, {}, { source: SOURCE, operation: forgotten })).toEqual(
      waiting({ source: SOURCE, operation: OPERATION }),
    );
  });

  it('that failed begins again from where it began', async () => {
    azure.on(POLL, { status: 500 });
    const checkpoint = { source: SOURCE, operation: OPERATION };
    expect(await apply(SOURCE, {}, checkpoint)).toMatchObject({ kind: 'wait', error: { code: 'HttpStatus500' } });
    azure.on(POLL, azureError(400, 'ServerTimeout', 'Too slow.'));
    expect(await apply(SOURCE, {}, checkpoint)).toMatchObject({
      kind: 'wait',
      error: { code: 'ServerTimeout', message: 'Too slow.' },
      checkpoint: JSON.stringify({ source: SOURCE }),
    });
    azure.on(IMPORT, ACCEPTED);
    expect(await apply(SOURCE, {}, { source: SOURCE })).toEqual(waiting({ source: SOURCE, operation: OPERATION }));
  });

  it('that the registry refuses fails', async () => {
    azure.on(IMPORT, azureError(403, 'AuthorizationFailed', 'May not.'));
    expect(await apply()).toMatchObject({
      kind: 'failed',
      error: { code: 'AuthorizationFailed', message: 'May not.' },
    });
  });
});

describe('an image that moved', () => {
  it.each([
    'MANIFEST_UNKNOWN: manifest unknown',
    'Manifest for x not found',
    'The image was not found.',
    'Access to the resource is denied',
  ])('is imported from its new place after: %s', async (message) => {
    azure.on(IMPORT, azureError(400, 'InvalidParameters', message), ACCEPTED);
    expect(await apply(MOVED)).toEqual(waiting({ source: MOVED_TO, movedTo: MOVED_TO, operation: OPERATION }));
    expect(azure.requests.map(({ body }) => Object(body).source.sourceImage)).toEqual([
      'bitnami/airflow:2.9.3',
      'bitnamilegacy/airflow:2.9.3',
    ]);
  });

  it('is imported from its new place also when the import fails later', async () => {
    azure.on(POLL, azureError(400, 'InvalidParameters', 'manifest unknown'));
    azure.on(IMPORT, ACCEPTED);
    expect(await apply(MOVED, {}, { source: MOVED, operation: OPERATION })).toEqual(
      waiting({ source: MOVED_TO, movedTo: MOVED_TO, operation: OPERATION }),
    );
  });

  it('is reported once it is imported', async () => {
    azure.on(POLL, 200);
    const moved = done({ source: MOVED_TO }, { change: 'created', note: MOVED_NOTE });
    expect(await apply(MOVED, {}, { source: MOVED_TO, movedTo: MOVED_TO, operation: OPERATION })).toEqual(moved);
    // A run that an earlier release began.
    expect(await apply(MOVED, {}, { source: MOVED_TO, operation: OPERATION })).toEqual(moved);
  });

  it('is an error when it is not in its new place either', async () => {
    azure.on(IMPORT, azureError(400, 'InvalidParameters', 'manifest unknown'));
    expect(await apply(MOVED)).toMatchObject({ kind: 'failed', error: { message: 'manifest unknown' } });
    expect(azure.routes).toEqual([IMPORT, IMPORT]);
  });

  it('is not searched for elsewhere when something else is wrong', async () => {
    azure.on(IMPORT, azureError(400, 'InvalidParameters', 'The tag is no tag.'));
    expect(await apply(MOVED)).toMatchObject({ kind: 'failed', error: { message: 'The tag is no tag.' } });
    expect(azure.routes).toEqual([IMPORT]);
  });

  it('is not known of an image that is only missing', async () => {
    azure.on(IMPORT, azureError(400, 'InvalidParameters', 'manifest unknown'));
    expect(await apply()).toMatchObject({ kind: 'failed', error: { code: 'InvalidParameters' } });
    expect(azure.routes).toEqual([IMPORT]);
  });
});

describe('a hardened deployment', () => {
  it('imports the digest that the tag names now', async () => {
    held(404);
    azure.on(AT_SOURCE, atDigest(DIGEST));
    azure.on(IMPORT, ACCEPTED);
    expect(await apply(SOURCE, HARDENED)).toEqual(waiting({ source: BY_DIGEST, digest: DIGEST, operation: OPERATION }));
    expect(azure.request(IMPORT).body).toEqual({
      source: { registryUri: 'quay.io', sourceImage: `a/airflow@${DIGEST}` },
      targetTags: ['airflow:2.9.3'],
      mode: 'NoForce',
    });
    azure.on(POLL, 200);
    const checkpoint = { source: BY_DIGEST, digest: DIGEST, operation: OPERATION };
    expect(await apply(SOURCE, HARDENED, checkpoint)).toEqual(
      done({ source: BY_DIGEST, digest: DIGEST }, { change: 'created', digest: DIGEST }),
    );
  });

  it.each([
    [SOURCE, OTHER_DIGEST],
    [BY_DIGEST, DIGEST],
  ])('keeps the image that the registry has for %s', async (source, digest) => {
    held(atDigest(digest));
    expect(await apply(source, HARDENED)).toEqual(done({ source, digest }, { change: 'unchanged', digest }));
  });

  it('points the tag to the digest that the request names', async () => {
    held(atDigest(OTHER_DIGEST));
    azure.on(IMPORT, ACCEPTED);
    const begin = { source: BY_DIGEST, digest: DIGEST, replaces: true };
    expect(await apply(BY_DIGEST, HARDENED)).toEqual(waiting({ ...begin, operation: OPERATION }));
    expect(azure.request(IMPORT).body).toMatchObject({ mode: 'Force' });
    azure.on(POLL, 200);
    const replaced = done(
      { source: BY_DIGEST, digest: DIGEST },
      { change: 'updated', changed: ['digest'], digest: DIGEST },
    );
    expect(await apply(BY_DIGEST, HARDENED, { ...begin, operation: OPERATION })).toEqual(replaced);
    azure.on(IMPORT, 200);
    expect(await apply(BY_DIGEST, HARDENED, begin)).toEqual(replaced);
  });

  it('does not overwrite a tag whose digest the registry does not give', async () => {
    held(200);
    azure.on(AT_SOURCE, atDigest(DIGEST));
    azure.on(IMPORT, azureError(409, 'Conflict', 'It already exists in target registry.'));
    expect(await apply(SOURCE, HARDENED)).toEqual(done({ source: BY_DIGEST }, { change: 'unchanged' }));
    expect(azure.request(IMPORT).body).toMatchObject({ mode: 'NoForce' });
  });

  it('knows the digest of an import whose answer was lost', async () => {
    azure.on(AT_SOURCE, atDigest(DIGEST));
    azure.on(IMPORT, 'reset', azureError(409, 'Conflict', 'It already exists in target registry.'));
    held(404);
    azure.on(IN_OWN, 404, atDigest(DIGEST));
    const lost = await apply(SOURCE, HARDENED);
    expect(lost).toMatchObject({ kind: 'wait', error: { code: 'ECONNRESET', class: 'transient' } });
    const { checkpoint } = z.object({ checkpoint: z.string() }).parse(lost);
    expect(await apply(SOURCE, HARDENED, JSON.parse(checkpoint))).toEqual(
      done({ source: BY_DIGEST, digest: DIGEST }, { change: 'unchanged', digest: DIGEST }),
    );
  });

  it.each([401, 403])('imports without the right to read the registry (%i)', async (status) => {
    held(status);
    azure.on(AT_SOURCE, atDigest(DIGEST));
    azure.on(IMPORT, ACCEPTED);
    expect(await apply(SOURCE, HARDENED)).toMatchObject({ kind: 'wait', requeueAfterSeconds: 18 });
  });

  it('waits for a registry that does not answer', async () => {
    held(503);
    expect(await apply(SOURCE, HARDENED)).toMatchObject({ kind: 'wait', error: { code: 'HttpStatus503' } });
  });

  it('imports an image that moved by its digest, and says so', async () => {
    const at = (repository: string) => `HEAD https://registry-1.docker.io/v2/${repository}/airflow/manifests/2.9.3`;
    held(404);
    azure.on('GET https://auth.docker.io/token', { body: { token: 'anonymous' } });
    azure.on(at('bitnami'), 404);
    azure.on(at('bitnamilegacy'), atDigest(DIGEST));
    azure.on(IMPORT, ACCEPTED);
    const begin = { source: `docker.io/bitnamilegacy/airflow@${DIGEST}`, digest: DIGEST, movedTo: MOVED_TO };
    expect(await apply(MOVED, HARDENED)).toEqual(waiting({ ...begin, operation: OPERATION }));
    azure.on(POLL, 200);
    expect(await apply(MOVED, HARDENED, { ...begin, operation: OPERATION })).toMatchObject({
      change: 'created',
      digest: DIGEST,
      note: MOVED_NOTE,
    });
  });
});

describe('a registry that takes credentials', () => {
  const VAULT = 'https://secrets.vault.azure.net/secrets';
  const CREDENTIALS = {
    registryCredentials: [
      { registry: 'quay.io', usernameSecretId: `${VAULT}/user`, passwordSecretId: `${VAULT}/password` },
    ],
  };

  const secrets = (username: string, password: string): void => {
    const tags = { 'airflow-on-aks-registry': 'quay.io' };
    azure.on(`GET ${VAULT}/user`, { body: { value: username, tags } });
    azure.on(`GET ${VAULT}/password`, { body: { value: password, tags } });
  };

  it('gets them with the import; they stand in no checkpoint', async () => {
    secrets('me', 'hush');
    azure.on(IMPORT, ACCEPTED);
    expect(await apply(SOURCE, CREDENTIALS)).toEqual(waiting({ source: SOURCE, operation: OPERATION }));
    expect(azure.request(IMPORT).body).toMatchObject({
      source: { registryUri: 'quay.io', credentials: { username: 'me', password: 'hush' } },
    });
  });

  it('does not have them repeated in an error', async () => {
    secrets('me', 'hush');
    azure.on(IMPORT, azureError(400, 'InvalidParameters', 'User me with hush and hush is unauthorized.'));
    expect(await apply(SOURCE, CREDENTIALS)).toMatchObject({
      kind: 'failed',
      error: { message: 'User *** with *** and *** is unauthorized.' },
    });
  });

  it('may have an empty password', async () => {
    secrets('me', '');
    azure.on(IMPORT, azureError(400, 'InvalidParameters', 'No.'));
    expect(await apply(SOURCE, CREDENTIALS)).toMatchObject({ error: { message: 'No.' } });
  });

  it('is not asked when its credentials cannot be read', async () => {
    azure.on(`GET ${VAULT}/user`, NOT_FOUND);
    azure.on(`GET ${VAULT}/password`, NOT_FOUND);
    expect(await apply(SOURCE, CREDENTIALS)).toMatchObject({
      kind: 'failed',
      error: { code: 'RegistryCredentialUnreadable' },
    });
    expect(azure.routes).not.toContain(IMPORT);
  });
});
