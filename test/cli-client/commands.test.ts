import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestWorld } from '../support/world.ts';
import { inProcess } from './in-process.ts';

let world: TestWorld;
const directory = mkdtempSync(join(tmpdir(), 'commands-'));

beforeAll(async () => {
  world = await TestWorld.start();
});

afterAll(async () => {
  await world.close();
  rmSync(directory, { recursive: true });
});

/** A deployment takes about a second of real time. */
const PACE = 0.1;

const cli = (args: readonly string[], answers?: string) =>
  inProcess(args, { url: world.host.url, pace: PACE, ...(answers !== undefined && { answers }) });

const deploy = (id: string, ...more: readonly string[]) =>
  cli([
    'deploy',
    '--auto-approve',
    '--wait',
    '--set',
    `id=${id}`,
    '--set',
    `resourceGroupName=${id}`,
    '--set',
    'images=[]',
    ...more,
  ]);

describe('the command line against the running service', () => {
  it('deploys, and shows every step from its beginning to its end', async () => {
    const { code, out } = await deploy('first', '--set', 'correlationId=REQ1');
    expect(code).toBe(0);
    const lines = out.split('\n');
    for (const name of ['resource-group', 'key-vault', 'cluster', 'federated-credential']) {
      expect(lines).toContain(`${name}: Creating...`);
      expect(out).toMatch(new RegExp(`^${name}: Creation complete after \\d.* \\[id=/subscriptions/.*\\]$`, 'm'));
    }
    expect(out).toContain('Apply complete! Resources: 12 added, 0 changed, 0 destroyed. 1 unchanged.');
    expect(out).toContain('npm run cli -- outputs first');
  });

  it('the same again with more nodes changes the cluster alone', async () => {
    const { code, out } = await deploy('first', '--set', 'correlationId=REQ1', '--set', 'cluster.nodeCount=5');
    expect(code).toBe(0);
    expect(out).toContain('cluster: Modifications complete after');
    expect(out).toContain('Resources: 0 added, 1 changed, 0 destroyed. 12 unchanged.');
  });

  it('shows how one stands, and that there is none', async () => {
    const { code, out } = await cli(['status', 'first']);
    expect(code).toBe(0);
    expect(out).toMatch(/^first: Succeeded$/m);
    expect(out).toMatch(/^ {2}correlation id +REQ1$/m);
    expect(out).toMatch(/^ {2}cluster +Succeeded +\S+ +updated \(.*\)$/m);
    expect(JSON.parse((await cli(['status', 'first', '--json'])).out)).toEqual(await world.status('first'));
    expect(await cli(['status', 'nobody'])).toMatchObject({ code: 3, err: expect.stringContaining('"nobody"') });
  });

  it('prints the outputs as the service gives them', async () => {
    const { code, out } = await cli(['outputs', 'first']);
    expect(code).toBe(0);
    expect(`${out}\n`).toBe(await (await world.fetch('/api/deployments/first/outputs?format=env')).text());
    const asJson = await cli(['outputs', 'first', '--format', 'json']);
    expect(JSON.parse(asJson.out)).toMatchObject({ MY_RESOURCE_GROUP_NAME: 'first' });
  });

  it('writes the kubeconfig to a file that nobody else reads, and over another one only by force', async () => {
    const file = join(directory, 'kubeconfig');
    expect((await cli(['kubeconfig', 'first', '--out', file])).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('current-context');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    writeFileSync(join(directory, 'open'), 'old', { mode: 0o644 });
    expect(await cli(['kubeconfig', 'first', '--out', join(directory, 'open')])).toMatchObject({
      code: 1,
      err: expect.stringContaining('--force replaces it'),
    });
    const { code, out } = await cli(['kubeconfig', 'first', '--out', join(directory, 'open'), '--force']);
    expect(code).toBe(0);
    expect(out).not.toContain('token');
    expect(statSync(join(directory, 'open')).mode & 0o777).toBe(0o600);
  });

  it('lists, filtered, over pages', async () => {
    await world.deploy({ resourceGroupName: 'second', images: [] });
    await world.clock.sleep(1000);
    await world.deploy({ resourceGroupName: 'third', images: [], correlationId: 'REQ1' });
    expect((await cli(['list'])).out).toMatch(
      /^ {2}ID .*\n {2}third .* REQ1\n {2}second .*canadacentral\n {2}first .*REQ1$/,
    );
    const found = JSON.parse((await cli(['list', '--correlation-id', 'REQ1', '--json'])).out);
    expect(found).toMatchObject({ deployments: [{ id: 'third' }, { id: 'first' }], more: false });
    const top = await cli(['list', '--top', '2']);
    expect(top.out).not.toContain('first');
    expect(top.err).toContain('There are more');
    expect(await cli(['list', '--created-after', 'yesterday'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('createdAfter must be an instant'),
    });
    expect(await cli(['list', '--created-before', '2020-01-01'])).toMatchObject({ code: 0, err: 'There are none.' });
  });

  it('shows every field that the service refuses', async () => {
    const { code, err } = await cli([
      'deploy',
      '--auto-approve',
      '--set',
      'cluster.nodeCount=0',
      '--set',
      'colour=blue',
    ]);
    expect(code).toBe(1);
    expect(err).toContain('  cluster.nodeCount must be at least 1');
    expect(err).toContain('  colour is not known');
  });

  it('a deployment that fails is exit 1, with what to do', async () => {
    await world.azure.fail({
      method: 'PUT',
      path: '/managedClusters/',
      action: { answer: { status: 403, code: 'RequestDisallowedByPolicy', message: 'Not here.' } },
    });
    const { code, out } = await deploy('failing');
    expect(code).toBe(1);
    expect(out).toContain('cluster: Creation failed after');
    expect(out).toMatch(/^Error: cluster: RequestDisallowedByPolicy\n\n {2}Not here\.\n\n {2}What to do: \S/m);
    expect(out).toMatch(/^Apply failed\. Resources: \d+ added, 0 changed, 0 destroyed\.$/m);
  });

  it('cancels, and shows what was still made', async () => {
    const begin = world.clock.hold();
    await world.post({ id: 'stopped', resourceGroupName: 'stopped', images: [] });
    const cancelled = new Promise<Awaited<ReturnType<typeof cli>>>((resolve) => {
      world.clock.schedule(world.clock.now() + 120_000, () => {
        const release = world.clock.hold();
        const args = ['cancel', 'stopped', '--wait'];
        resolve(inProcess(args, { url: world.host.url, pace: PACE, onLine: release }));
      });
    });
    begin();
    expect(await cancelled).toMatchObject({ code: 0, out: expect.stringContaining('Apply cancelled.') });
    expect(await cli(['cancel', 'first'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('nothing to cancel'),
    });
  });

  it("deletes after the resource group's name was typed, and not after another", async () => {
    expect(await cli(['delete', 'third'])).toMatchObject({ code: 64, err: expect.stringContaining('--yes') });
    expect(await cli(['delete', 'third'], 'second')).toMatchObject({
      code: 1,
      err: expect.stringContaining('Nothing was deleted'),
    });
    expect((await world.status('third')).status).toBe('Succeeded');
    const { code, out } = await cli(['delete', 'third', '--wait'], 'third');
    expect(code).toBe(0);
    expect(out).toContain('resource-group: Destruction complete after');
    expect(out).toContain('Destroy complete! Resources: 1 destroyed.');
    expect((await cli(['delete', 'second', '--yes', '--wait'])).code).toBe(0);
  });
});
