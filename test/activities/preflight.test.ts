import { InvocationContext } from '@azure/functions';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { preflightActivity } from '../../src/activities/preflight.ts';
import { SUBSCRIPTION } from '../support/a-deployment.ts';
import { callActivity, deploymentAir } from '../support/call-activity.ts';
import { type Answer, azureError, SCRIPTED_TENANT_ID, useScriptedAzure } from '../support/scripted-azure.ts';
import { anInstance, MadeUpHub } from '../task-hub/made-up-hub.ts';
import { scriptGroup } from './a-group.ts';

const azure = useScriptedAzure();

beforeEach(() => {
  azure.on(`GET /subscriptions/${SUBSCRIPTION}`, { body: { tenantId: SCRIPTED_TENANT_ID } });
});

const DEPLOYMENT = deploymentAir({ images: [] });

const deployed = (id: string, hour: number) => ({
  ...anInstance(`d:${id}`, 'Running', {
    input: { run: 'r1', hash: 'h', deployment: { ...DEPLOYMENT, id, resourceGroupName: `rg-${id}` } },
  }),
  createdTime: new Date(`2026-11-30T0${hour}:00:00Z`),
});

const run = (hub: MadeUpHub, rest: object = {}, checkpoint?: string, context?: InvocationContext) =>
  callActivity(
    preflightActivity(hub),
    { subscriptionId: SUBSCRIPTION, deployment: DEPLOYMENT, skip: true, ...rest },
    { ...(checkpoint !== undefined && { checkpoint }) },
    context,
  );

const DONE = { kind: 'done', value: { tenantId: SCRIPTED_TENANT_ID, findings: [] }, change: 'unchanged' };

describe('a deployment', () => {
  it('goes on when it is its turn, with the tenant of its subscription', async () => {
    expect(await run(new MadeUpHub(deployed('air', 8)))).toEqual(DONE);
    expect(azure.routes).toEqual([`GET /subscriptions/${SUBSCRIPTION}`]);
  });

  it.each([
    [1, 12],
    [2, 14],
  ])('at position %i of the queue waits %i s', async (place, seconds) => {
    vi.stubEnv('MAX_RUNNING_DEPLOYMENTS', '1');
    const before = Array.from({ length: place }, (_, at) => deployed(`b${at}`, at + 1));
    const result = await run(new MadeUpHub(...before, deployed('air', 8)));
    expect(result).toEqual({
      kind: 'wait',
      requeueAfterSeconds: seconds,
      note: expect.stringContaining(`at place ${place}:`),
    });
    expect(azure.routes).toEqual([]);
  });

  it('waits since its own turn, and not at all before its approval', async () => {
    vi.stubEnv('MAX_RUNNING_DEPLOYMENTS', '1');
    const hub = new MadeUpHub(deployed('b', 7), deployed('air', 8));
    expect(await run(hub, { turnSince: '2026-11-30T06:00:00Z' })).toEqual(DONE);
    expect(await run(hub, { outOfTurn: true })).toEqual(DONE);
    expect(await run(hub)).toMatchObject({ kind: 'wait' });
  });

  it('ends when another one has its resource group', async () => {
    const other = { ...deployed('b', 7), input: { run: 'r1', deployment: { ...DEPLOYMENT, id: 'b' } } };
    const own = { ...deployed('air', 8), input: { run: 'r1', deployment: DEPLOYMENT } };
    expect(await run(new MadeUpHub(other, own))).toMatchObject({
      kind: 'failed',
      error: { code: 'ResourceGroupInUse' },
    });
  });
});

describe('before its first change', () => {
  const PROVIDERS = `/subscriptions/${SUBSCRIPTION}/providers`;

  /** An Azure in which nothing is there yet, and the service may see little. */
  const scriptLittle = (answer: Answer = azureError(403, 'AuthorizationFailed', 'May not.')): void => {
    scriptGroup(azure, {});
    for (const provider of ['ManagedIdentity', 'KeyVault', 'ContainerRegistry', 'Storage', 'ContainerService']) {
      azure.on(`GET ${PROVIDERS}/Microsoft.${provider}`, answer);
    }
    for (const path of [
      'GET Authorization/roleAssignments',
      'POST ContainerRegistry/checkNameAvailability',
      'POST Storage/checkNameAvailability',
      'POST KeyVault/checkNameAvailability',
      'POST PolicyInsights/checkPolicyRestrictions',
      'GET Compute/skus',
      'GET Compute/locations/canadacentral/usages',
    ]) {
      azure.on(path.replace(' ', ` ${PROVIDERS}/Microsoft.`), azureError(403, 'AuthorizationFailed', 'May not.'));
    }
  };

  const HUB = new MadeUpHub(deployed('air', 8));

  it('a deployment learns what stands against it, and the log says so', async () => {
    scriptLittle();
    const lines: string[] = [];
    const context = new InvocationContext({ logHandler: (level, text) => lines.push(`${level} ${text}`) });
    const report = await run(HUB, { skip: false }, undefined, context);
    const { findings } = Object(report).value;
    expect(report).toMatchObject({ ...DONE, value: { tenantId: SCRIPTED_TENANT_ID, findings: expect.any(Array) } });
    expect(findings.length).toBeGreaterThan(3);
    expect(findings[0]).toMatchObject({ rule: 'not-checked', severity: 'warning' });
    const [{ message }] = findings;
    expect(lines).toHaveLength(findings.length + 1);
    expect(lines[0]).toBe(`warning preflight: warning: ${message} (event=preflight-finding code=not-checked)`);
  });

  it('an image that moved is reported by the step that imports it', async () => {
    scriptLittle();
    azure.on('GET https://auth.docker.io/token', { body: { token: 'anonymous' } });
    azure.on('HEAD https://registry-1.docker.io/v2/bitnami/a/manifests/1', 404);
    azure.on('HEAD https://registry-1.docker.io/v2/bitnamilegacy/a/manifests/1', 200);
    const images = [{ source: 'docker.io/bitnami/a:1', image: 'a:1' }];
    const report = await run(HUB, { skip: false, deployment: deploymentAir({ images }) });
    expect(azure.routes).toContain('HEAD https://registry-1.docker.io/v2/bitnamilegacy/a/manifests/1');
    expect(JSON.stringify(report)).toContain('not-checked');
    expect(JSON.stringify(report)).not.toContain('moved');
  });

  it('a deployment inspects again where Azure asked for patience, but once only', async () => {
    scriptLittle(azureError(429, 'TooManyRequests', 'Slower, please.'));
    expect(await run(HUB, { skip: false })).toMatchObject({
      kind: 'wait',
      error: { code: 'TooManyRequests', class: 'throttle' },
      checkpoint: 'throttled',
    });
    expect(await run(HUB, { skip: false }, 'throttled')).toMatchObject({ kind: 'done', change: 'unchanged' });
  });
});
