import { RestError } from '@azure/core-rest-pipeline';
import { describe, expect, it } from 'vitest';
import { reconcileResource } from '../../../src/activities/reconcile/reconcile-resource.ts';
import { recordExchange } from '../../../src/azure/exchange.ts';
import { AzureOperationError } from '../../../src/azure/failures/azure-failure.ts';
import { AS_WANTED, aResource, OPERATION, type Thing } from '../../support/a-resource.ts';
import { azureError, useScriptedAzure } from '../../support/scripted-azure.ts';

const azure = useScriptedAzure();

const OPERATION_ROUTE = 'GET /operations/1';
const RUNNING = { kind: 'running', usualSeconds: 30, resourceId: '/thing' };
const DONE_AT_ONCE = { submitted: { result: AS_WANTED, operation: undefined } };

/** What this run has sent, as the driver hands it back. */
const sent = (what: string, more: object = {}): string => JSON.stringify({ sent: what, ...more });

const afterwards = (checkpoint: string) => ({ ...RUNNING, checkpoint });

/** What a person sees of a failure, and what the next attempt starts from. */
const failureOf = async (promise: Promise<unknown>) => {
  const error = await promise.catch((thrown: unknown) => thrown);
  if (!(error instanceof AzureOperationError)) throw error;
  const { code, message } = error.failure;
  return { code, message, checkpoint: error.checkpoint };
};

describe('a resource that does not exist', () => {
  it.each([undefined, 'null'])('is created (after %s)', async (checkpoint) => {
    const resource = aResource(undefined);
    expect(await reconcileResource(resource, checkpoint)).toEqual(
      afterwards(sent('created', { operation: OPERATION })),
    );
    expect(resource.writes).toEqual([['create', undefined]]);
  });

  it('is done when Azure has created it at once', async () => {
    expect(await reconcileResource(aResource(undefined, DONE_AT_ONCE), undefined)).toEqual({
      kind: 'done',
      value: { size: 3 },
      change: 'created',
      resourceId: '/thing',
    });
  });

  it('is followed without an operation when Azure names none', async () => {
    const submitted = { result: undefined, operation: undefined };
    expect(await reconcileResource(aResource(undefined, { submitted }), undefined)).toEqual(
      afterwards(sent('created')),
    );
  });

  it('and that comes back as it was counts as updated', async () => {
    const running = { result: undefined, operation: OPERATION, recovered: true };
    expect(await reconcileResource(aResource(undefined, { submitted: running }), undefined)).toEqual(
      afterwards(sent('recovered', { changed: ['recovered'], operation: OPERATION })),
    );
    const done = { result: AS_WANTED, operation: undefined, recovered: true };
    expect(await reconcileResource(aResource(undefined, { submitted: done }), undefined)).toMatchObject({
      change: 'updated',
      changed: ['recovered'],
    });
  });

  it('though this run has created it is created again', async () => {
    const resource = aResource(undefined);
    await reconcileResource(resource, sent('created', { operation: OPERATION }));
    expect(resource.writes).toEqual([['create', undefined]]);
    expect(azure.routes).toEqual([]);
  });
});

describe('a resource that shows itself only once it is created', () => {
  const hidden = { invisibleUntilCreated: true };
  const created = sent('created', { operation: OPERATION });

  it('is waited for as long as its operation runs', async () => {
    azure.on(OPERATION_ROUTE, { body: { status: 'InProgress' }, headers: { 'retry-after': '7' } });
    const resource = aResource(undefined, hidden);
    expect(await recordExchange({}, () => reconcileResource(resource, created))).toEqual({
      ...RUNNING,
      pollAfterSeconds: 7,
    });
    expect(resource.writes).toEqual([]);
  });

  it('fails as its operation does, and is created anew by the next attempt', async () => {
    azure.on(OPERATION_ROUTE, { body: { status: 'Failed', error: { code: 'NoSpace', message: 'It is full.' } } });
    expect(await failureOf(reconcileResource(aResource(undefined, hidden), created))).toEqual({
      code: 'NoSpace',
      message: 'It is full.',
      checkpoint: 'null',
    });
  });

  it.each([
    ['has succeeded', { body: { status: 'Succeeded' } }],
    ['is forgotten', 404],
  ])('is created again when its operation %s and it is not there', async (_, answer) => {
    azure.on(OPERATION_ROUTE, answer);
    const resource = aResource(undefined, hidden);
    expect(await reconcileResource(resource, created)).toEqual(afterwards(created));
    expect(resource.writes).toHaveLength(1);
  });

  it.each([undefined, sent('created')])('is created when no operation is known (after %s)', async (checkpoint) => {
    const resource = aResource(undefined, hidden);
    await reconcileResource(resource, checkpoint);
    expect(resource.writes).toHaveLength(1);
    expect(azure.routes).toEqual([]);
  });
});

describe('a resource that Azure works on', () => {
  it('is waited for, with what was sent kept', async () => {
    const resource = aResource({ state: 'Creating' });
    expect(await reconcileResource(resource, sent('created'))).toEqual(RUNNING);
    expect(resource.writes).toEqual([]);
  });
});

describe('a resource in a failed state', () => {
  const FAILED: Thing = { ...AS_WANTED, state: 'Failed' };

  it('is repaired, and then counts as updated', async () => {
    const resource = aResource(FAILED);
    const repaired = sent('repaired', { changed: ['provisioningState'], operation: OPERATION });
    expect(await reconcileResource(resource, undefined)).toEqual(afterwards(repaired));
    expect(resource.writes).toEqual([['create', FAILED]]);
    expect(await reconcileResource(aResource(AS_WANTED), repaired)).toEqual({
      kind: 'done',
      value: { size: 3 },
      change: 'updated',
      changed: ['provisioningState'],
      resourceId: '/thing',
    });
  });

  it('is not repaired where a repair would not make it what the request wants', async () => {
    const resource = aResource({ ...FAILED, location: 'westus' });
    expect(await failureOf(reconcileResource(resource, undefined))).toEqual({
      code: 'ImmutableDifference',
      message: 'location of /thing is westus and cannot be changed to eastus.',
      checkpoint: undefined,
    });
    expect(resource.writes).toEqual([]);
  });

  it('after this run has written to it fails for the reason that the operation gives', async () => {
    azure.on(OPERATION_ROUTE, { body: { status: 'Failed', error: { code: 'NoSpace', message: 'It is full.' } } });
    const resource = aResource(FAILED);
    expect(await failureOf(reconcileResource(resource, sent('created', { operation: OPERATION })))).toEqual({
      code: 'NoSpace',
      message: 'It is full.',
      checkpoint: 'null',
    });
    expect(resource.writes).toEqual([]);
  });

  const UNEXPLAINED = {
    code: 'ProvisioningFailed',
    message: '/thing ended in the state Failed, and Azure gave no reason. Check its activity log in the Azure portal.',
    checkpoint: 'null',
  };

  it('fails without a reason when the operation gives none', async () => {
    azure.on(OPERATION_ROUTE, { body: { status: 'Succeeded' } });
    const checkpoint = sent('created', { operation: OPERATION });
    expect(await failureOf(reconcileResource(aResource(FAILED), checkpoint))).toEqual(UNEXPLAINED);
  });

  it('fails without a reason when no operation is known', async () => {
    expect(await failureOf(reconcileResource(aResource(FAILED), sent('updated')))).toEqual(UNEXPLAINED);
    expect(await failureOf(reconcileResource(aResource({ state: 'Canceled' }), sent('updated')))).toMatchObject({
      code: 'ProvisioningCanceled',
    });
  });

  it('is not judged while the operation cannot be read', async () => {
    azure.on(OPERATION_ROUTE, azureError(400, 'Gone'));
    const result = { url: OPERATION.url, kind: 'result' };
    const failure = failureOf(reconcileResource(aResource(FAILED), sent('created', { operation: result })));
    expect(await failure).toMatchObject({ code: 'Gone', checkpoint: 'null' });
  });
});

describe('a resource that is ready', () => {
  const DIFFERENT: Thing = { ...AS_WANTED, size: 2 };

  it('and as wanted is unchanged', async () => {
    const resource = aResource(AS_WANTED);
    expect(await reconcileResource(resource, undefined)).toEqual({
      kind: 'done',
      value: { size: 3 },
      change: 'unchanged',
      resourceId: '/thing',
    });
    expect(resource.writes).toEqual([]);
  });

  it('and differs is changed', async () => {
    const resource = aResource(DIFFERENT);
    expect(await reconcileResource(resource, undefined)).toEqual(
      afterwards(sent('updated', { changed: ['size'], operation: OPERATION })),
    );
    expect(resource.writes).toEqual([['update', DIFFERENT, [{ property: 'size', from: '2', to: '3' }]]]);
  });

  it('and is changed at once is done, with a note on what changes', async () => {
    const note = ({ size }: Thing, changing: readonly string[]) => `${size}, changed: ${changing.join()}`;
    expect(await reconcileResource(aResource(DIFFERENT, { ...DONE_AT_ONCE, note }), undefined)).toEqual({
      kind: 'done',
      value: { size: 3 },
      change: 'updated',
      changed: ['size'],
      resourceId: '/thing',
      note: '3, changed: size',
    });
    expect(await reconcileResource(aResource(AS_WANTED, { note }), undefined)).toMatchObject({ note: '3, changed: ' });
  });

  it.each([
    ['created', {}, { change: 'created' }],
    ['updated', { changed: ['size'] }, { change: 'updated', changed: ['size'] }],
  ])('and still differs after this run has %s it is left so', async (what, more, change) => {
    const resource = aResource(DIFFERENT);
    expect(await reconcileResource(resource, sent(what, more))).toEqual({
      kind: 'done',
      value: { size: 2 },
      resourceId: '/thing',
      ...change,
    });
    expect(resource.writes).toEqual([]);
  });

  it.each([
    ['recovered', ['recovered']],
    ['repaired', ['provisioningState']],
  ])('and differs after this run has %s it is changed too', async (what, changed) => {
    const resource = aResource(DIFFERENT);
    expect(await reconcileResource(resource, sent(what, { changed }))).toEqual(
      afterwards(sent('updated', { changed: [...changed, 'size'], operation: OPERATION })),
    );
    expect(resource.writes).toHaveLength(1);
  });

  it.each([undefined, sent('created')])('and cannot become as wanted is refused (after %s)', async (checkpoint) => {
    const resource = aResource({ ...DIFFERENT, location: 'westus' });
    expect(await failureOf(reconcileResource(resource, checkpoint))).toMatchObject({ code: 'ImmutableDifference' });
    expect(resource.writes).toEqual([]);
  });
});

it.each(['{"sent":"deleted"}', '{}', '"created"', '{"sent":"created","changed":"size"}'])(
  'the checkpoint %s is not guessed at',
  async (checkpoint) => {
    const resource = aResource(undefined);
    await expect(reconcileResource(resource, checkpoint)).rejects.toThrow();
    expect(resource.writes).toEqual([]);
  },
);

describe('a write whose answer was lost', () => {
  const lost = (code: string) => async (): Promise<never> => {
    throw new RestError('The network said so.', { code });
  };
  const reset = lost('ECONNRESET');
  const small = { ...AS_WANTED, size: 1 };
  const unsure = (what: string, more: object = {}): string => sent(what, { ...more, unsure: true });

  it.each([
    ['a create', undefined, { create: reset }, unsure('created')],
    [
      'a repair',
      { state: 'Failed' },
      { create: reset, immutables: () => ({}) },
      unsure('repaired', { changed: ['provisioningState'] }),
    ],
    ['an update', small, { update: reset }, unsure('updated', { changed: ['size'] })],
  ])('%s may have taken effect: the next call is told', async (_, found, parts, checkpoint) => {
    expect(await failureOf(reconcileResource(aResource(found, parts), undefined))).toEqual({
      code: 'ECONNRESET',
      message: 'The network said so.',
      checkpoint,
    });
  });

  it('that cannot have been sent changes nothing', async () => {
    const refused = aResource(undefined, { create: lost('ECONNREFUSED') });
    await expect(reconcileResource(refused, undefined)).rejects.toMatchObject({
      name: 'RestError',
      code: 'ECONNREFUSED',
    });
  });

  it('and that Azure answered with an error is that error', async () => {
    const error = new RestError('No.', { code: 'Conflict', statusCode: 409 });
    const refused = aResource(undefined, { create: () => Promise.reject(error) });
    await expect(reconcileResource(refused, undefined)).rejects.toBe(error);
  });

  it('counts as a change of this run when it did take effect', async () => {
    expect(await reconcileResource(aResource(AS_WANTED), unsure('created'))).toMatchObject({ change: 'created' });
    expect(await reconcileResource(aResource(AS_WANTED), unsure('updated', { changed: ['size'] }))).toMatchObject({
      change: 'updated',
      changed: ['size'],
    });
  });

  it('is sent again when it did not', async () => {
    const absent = aResource(undefined, { invisibleUntilCreated: true });
    await reconcileResource(absent, unsure('created'));
    expect(absent.writes).toEqual([['create', undefined]]);
    const still = aResource(small);
    expect(await reconcileResource(still, unsure('updated', { changed: ['size'] }))).toEqual(
      afterwards(sent('updated', { changed: ['size'], operation: OPERATION })),
    );
    expect(still.writes).toHaveLength(1);
    const failed = aResource({ ...AS_WANTED, state: 'Failed' });
    await reconcileResource(failed, unsure('created'));
    expect(failed.writes).toHaveLength(1);
  });
});
