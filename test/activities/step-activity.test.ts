import { InvocationContext } from '@azure/functions';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { stepActivity } from '../../src/activities/step-activity.ts';
import { armClients } from '../../src/azure/arm-clients.ts';
import { AzureOperationError } from '../../src/azure/failures/azure-failure.ts';
import type { ReconcileResult } from '../../src/deployment/driver/reconcile-result.ts';
import { stepContract } from '../../src/deployment/driver/step-contract.ts';
import { SUBSCRIPTION } from '../support/a-deployment.ts';
import { GROUP } from '../support/a-located-deployment.ts';
import { callActivity } from '../support/call-activity.ts';
import { azureError, useScriptedAzure } from '../support/scripted-azure.ts';

const azure = useScriptedAzure();

const contract = stepContract(
  'try',
  z.object({ subscriptionId: z.string(), name: z.string().default('x') }),
  z.object({ name: z.string() }),
  1,
);

type Reconcile = Parameters<typeof stepActivity<z.infer<typeof contract.input>, { name: string }>>[1];

const INPUT = { subscriptionId: SUBSCRIPTION };

const call = (reconcile: Reconcile, rest: object = {}, context?: InvocationContext) =>
  callActivity(stepActivity(contract, reconcile), INPUT, rest, context);

const failing = (error: unknown) =>
  call(async () => {
    throw error;
  });

const failure = (code: string, rest: object = {}, checkpoint?: string) =>
  new AzureOperationError({ code, message: 'It failed.', ...rest }, checkpoint);

describe('what a step reports', () => {
  it('is what it did, from its input, its checkpoint and its context', async () => {
    const context = new InvocationContext({ functionName: 'try', logHandler: () => {} });
    const seen: unknown[] = [];
    const reconcile: Reconcile = async (input, checkpoint, given) => {
      seen.push(input, checkpoint, given);
      return { kind: 'done', value: { name: input.name }, change: 'created' };
    };
    const report = await call(reconcile, { checkpoint: 'c' }, context);
    expect(report).toEqual({ kind: 'done', value: { name: 'x' }, change: 'created' });
    expect(seen).toEqual([{ subscriptionId: SUBSCRIPTION, name: 'x' }, 'c', context]);
  });

  it('is nothing when the call is not one of its kind', async () => {
    const done = async (): Promise<ReconcileResult<{ name: string }>> => ({
      kind: 'done',
      value: { name: '' },
      change: 'unchanged',
    });
    await expect(call(done, { runningSeconds: 'long' })).rejects.toThrow('runningSeconds');
    await expect(callActivity(stepActivity(contract, done), {})).rejects.toThrow('subscriptionId');
  });

  it('is how it failed, for good', async () => {
    expect(await failing(failure('QuotaExceeded', { status: 400, correlationId: 'id' }))).toEqual({
      kind: 'failed',
      error: {
        code: 'QuotaExceeded',
        message: 'It failed.',
        class: 'permanent',
        status: 400,
        correlationId: 'id',
        remedy: expect.any(String),
      },
    });
  });

  it('is when it is tried again, by Azure’s own wish and with the checkpoint of what failed', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const retryAfterSeconds = 77;
    expect(await failing(failure('ServerTimeout', { retryAfterSeconds }, 'c'))).toMatchObject({
      kind: 'wait',
      requeueAfterSeconds: 77,
      error: { code: 'ServerTimeout', class: 'transient' },
      checkpoint: 'c',
    });
    expect(await failing(failure('ServerTimeout'))).toMatchObject({ kind: 'wait', requeueAfterSeconds: 5 });
    vi.restoreAllMocks();
  });

  it('is that it is tried again after an error of the service itself', async () => {
    expect(await failing(new TypeError('x is not a function'))).toMatchObject({
      kind: 'wait',
      error: { code: 'UnexpectedAnswer', class: 'crash', message: 'x is not a function' },
      checkpoint: undefined,
    });
    expect(await failing('a text')).toMatchObject({ error: { code: 'Unknown', message: 'a text' } });
  });

  it('has what Azure’s answer said', async () => {
    azure.on(`GET ${GROUP}`, {
      status: 429,
      headers: { 'retry-after': '99', 'x-ms-correlation-request-id': 'correlation' },
      body: { error: { code: 'TooMany', message: 'Slower, please.' } },
    });
    const report = await call(async () => {
      await armClients(SUBSCRIPTION).resources.resourceGroups.get('rg');
      throw new Error('It was answered.');
    });
    expect(report).toMatchObject({
      kind: 'wait',
      error: { code: 'TooMany', message: 'Slower, please.', correlationId: 'correlation', class: 'throttle' },
    });
    expect(Object(report).requeueAfterSeconds).toBeGreaterThanOrEqual(99);
  });
});

describe('what a step that is not done reports', () => {
  const put = (status: number) => {
    azure.on(`PUT ${GROUP}`, { status, body: { error: { code: 'No', message: 'No.' } } });
    return call(async () => {
      await armClients(SUBSCRIPTION).resources.resourceGroups.createOrUpdate('rg', { location: 'x' });
      return { kind: 'running', usualSeconds: 1 };
    });
  };

  it('is that it may have changed something, unless Azure refused that', async () => {
    expect(await put(200)).toMatchObject({ kind: 'wait', wrote: true });
    expect(await put(403)).toMatchObject({ kind: 'failed' });
    expect(await put(403)).not.toHaveProperty('wrote');
    expect(await put(500)).toMatchObject({ kind: 'wait', wrote: true });
  });
});

describe('a resource provider that is not registered', () => {
  const REGISTER = (namespace: string) => `POST /subscriptions/${SUBSCRIPTION}/providers/${namespace}/register`;
  const MISSING = 'MissingSubscriptionRegistration';

  const missing = (parts: object) => failing(new AzureOperationError({ code: MISSING, message: 'No.', ...parts }));

  it.each([
    ['the target of the error', { target: 'Microsoft.Storage' }],
    ['its text', { message: "The subscription is not registered to use namespace 'Microsoft.Storage'." }],
  ])('is registered by %s, and the step tried again', async (_, parts) => {
    azure.on(REGISTER('Microsoft.Storage'), { body: {} });
    vi.spyOn(Math, 'random').mockReturnValue(0);
    expect(await missing({ retryAfterSeconds: 300, ...parts })).toMatchObject({
      kind: 'wait',
      requeueAfterSeconds: 30,
      error: { code: MISSING, class: 'busy' },
    });
    vi.restoreAllMocks();
  });

  it('ends the step when it has no name', async () => {
    expect(await missing({})).toMatchObject({ kind: 'failed', error: { code: MISSING, class: 'permanent' } });
    expect(azure.routes).toEqual([]);
  });

  it('ends the step when the service may not register it', async () => {
    azure.on(REGISTER('Microsoft.Storage'), azureError(403, 'AuthorizationFailed'));
    expect(await missing({ target: 'Microsoft.Storage' })).toMatchObject({
      kind: 'failed',
      error: { code: MISSING, class: 'permanent' },
    });
  });

  it('is tried again when Azure did not register it this time', async () => {
    azure.on(REGISTER('Microsoft.Storage'), azureError(500, 'InternalServerError'));
    expect(await missing({ target: 'Microsoft.Storage' })).toMatchObject({ kind: 'wait', error: { code: MISSING } });
  });

  it('is not registered after other errors', async () => {
    expect(await failing(failure('ServerTimeout', { target: 'Microsoft.Storage' }))).toMatchObject({ kind: 'wait' });
    expect(azure.routes).toEqual([]);
  });
});

describe('the log', () => {
  it('has one line of each call, with its time in seconds', async () => {
    vi.spyOn(performance, 'now').mockReturnValueOnce(1000).mockReturnValueOnce(3500);
    const lines: unknown[] = [];
    const context = new InvocationContext({
      functionName: 'try',
      logHandler: (level, ...parts) => lines.push([level, ...parts]),
    });
    await call(async () => ({ kind: 'done', value: { name: '' }, change: 'created' }), { step: 'try' }, context);
    vi.restoreAllMocks();
    expect(lines).toEqual([['information', 'try: created after 2.5 s. (event=step-succeeded seconds=2.5)']]);
  });

  it('that cannot be written ends no step', async () => {
    const warnings: unknown[] = [];
    const context = new InvocationContext({
      logHandler: (level, ...parts) => {
        if (level === 'information') throw new Error('no log');
        warnings.push(...parts);
      },
    });
    const report = await call(async () => ({ kind: 'done', value: { name: '' }, change: 'created' }), {}, context);
    expect(report).toMatchObject({ kind: 'done' });
    expect(warnings).toEqual(['Telemetry failed: no log']);
  });
});
