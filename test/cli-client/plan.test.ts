import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeService } from './fake-service.ts';
import { inProcess } from './in-process.ts';

const HASH = 'f'.repeat(64);

const changing = {
  id: 'apache-airflow-rg',
  hash: HASH,
  names: { resourceGroupName: 'apache-airflow-rg', location: 'canadacentral' },
  summary: { create: 1, update: 1, unchanged: 1 },
  steps: [
    { name: 'resource-group', action: 'unchanged', waitsFor: [], changes: [] },
    { name: 'identity', action: 'create', waitsFor: ['resource-group'], changes: [] },
    {
      name: 'cluster',
      action: 'update',
      waitsFor: ['ssh-key'],
      changes: [
        { property: 'cluster.nodeCount', from: '3', to: '5' },
        { property: 'tags.team', to: 'data' },
      ],
      note: 'Nodes are added one after another.',
    },
  ],
  criticalPath: { steps: ['resource-group', 'cluster'], usualSeconds: 420 },
  findings: [{ rule: 'zones', severity: 'warning', message: 'One zone only.', remedy: 'Name three.', step: 'cluster' }],
};

const blocked = {
  ...changing,
  findings: [{ rule: 'vcpu-quota', severity: 'error', message: 'No cores.', help: 'docs/preflight.md#vcpu-quota' }],
};

const hardened = {
  ...changing,
  profileDifferences: [
    {
      step: 'registry',
      property: 'adminUserEnabled',
      tutorial: 'true',
      hardened: 'false',
      because: 'All share it.',
      nextPart: 'Nothing.',
    },
  ],
};

const partly = {
  ...changing,
  summary: { create: 0, update: 0, unchanged: 1, unknown: 1 },
  steps: [{ name: 'cluster', action: 'unknown', waitsFor: [], changes: [], note: 'Not checked: Throttled: Wait.' }],
  findings: [],
};

const settled = { ...changing, summary: { create: 0, update: 0, unchanged: 3 }, findings: [] };

let service: FakeService;
let plan: object;

beforeEach(async () => {
  plan = changing;
  service = await FakeService.start(({ url }) =>
    url.startsWith('/api/plans')
      ? { body: url.endsWith('?commands=az') ? { ...plan, commands: ['az group create'] } : plan }
      : { status: 202, body: { id: 'apache-airflow-rg', run: '1', status: 'Pending' } },
  );
});

afterEach(() => service.close());

const cli = (args: readonly string[], answers?: string) =>
  inProcess(args, { url: service.url, ...(answers !== undefined && { answers }) });

describe('plan', () => {
  it('lists what the profile makes otherwise than the tutorial', async () => {
    plan = hardened;
    const { out } = await cli(['plan', '--set', 'profile=hardened']);
    expect(out).toContain('\nOtherwise than in the tutorial (docs/hardening.md says why');
    expect(out).toContain('\n  registry: adminUserEnabled: true -> false\n');
  });

  it('shows what would be created and changed, from what to what, and what is in the way', async () => {
    const { code, out } = await cli(['plan', '--set', 'cluster.nodeCount=5']);
    expect(code).toBe(0);
    expect(out).toBe(
      [
        'The deployment "apache-airflow-rg" would do this in the resource group apache-airflow-rg, canadacentral:',
        '  + create   ~ update in place',
        '',
        '  + identity',
        '  ~ cluster',
        '      ~ cluster.nodeCount: 3 -> 5',
        '      ~ tags.team: not set -> data',
        '      Nodes are added one after another.',
        '',
        'Plan: 1 to add, 1 to change, 0 to destroy. 1 unchanged.',
        'About 7m00s, along resource-group -> cluster.',
        '',
        'Warning: cluster: zones',
        '  One zone only.',
        '  What to do: Name three.',
      ].join('\n'),
    );
    expect(service.requests).toMatchObject([
      { method: 'POST', url: '/api/plans', body: { cluster: { nodeCount: 5 } } },
    ]);
  });

  it.each([
    ['changes', changing, 2],
    ['no changes', settled, 0],
    ['what blocks it', blocked, 1],
    ['what could not be read', partly, 2],
  ])('--detailed-exitcode with %s', async (_, answer, exitCode) => {
    plan = answer;
    expect((await cli(['plan', '--detailed-exitcode'])).code).toBe(exitCode);
  });

  it('shows what could not be read, and why', async () => {
    plan = partly;
    const { out } = await cli(['plan']);
    expect(out).toContain('~ update in place   ? not checked\n');
    expect(out).toContain('\n  ? cluster\n      Not checked: Throttled: Wait.\n');
    expect(out).toContain('1 unchanged. 1 not checked.\n');
  });

  it('says when there is nothing to do, shows az commands, or the document itself', async () => {
    plan = settled;
    expect((await cli(['plan'])).out).toBe('No changes. What exists is as the request asks for.');
    expect((await cli(['plan', '--commands'])).out).toContain('az group create');
    expect(JSON.parse((await cli(['plan', '--json'])).out)).toEqual(settled);
  });

  it('of a service that knows no plans: says so', async () => {
    await service.close();
    service = await FakeService.start(() => ({
      status: 404,
      body: { type: 'urn:airflow-on-aks:problem:unknown-path', title: 'There is no such path' },
    }));
    const { code, err } = await cli(['plan']);
    expect(code).toBe(1);
    expect(err).toContain('of an older release');
  });
});

describe('deploy', () => {
  const posted = () => service.requests.filter(({ url }) => url === '/api/deployments').map(({ body }) => body);

  it('shows the plan, asks, and deploys that plan and no other', async () => {
    const { code, out, asked } = await cli(['deploy', '--set', 'location=westeurope'], 'yes');
    expect(code).toBe(0);
    expect(out).toContain('Plan: 1 to add');
    expect(asked).toHaveLength(1);
    expect(posted()).toEqual([{ location: 'westeurope', planHash: HASH }]);
  });

  it.each(['no', 'y', ''])('does nothing after %j', async (answer) => {
    expect((await cli(['deploy'], answer)).code).toBe(1);
    expect(posted()).toEqual([]);
  });

  it('does not ask when nothing would change, or something is in the way', async () => {
    plan = settled;
    expect(await cli(['deploy'], 'yes')).toMatchObject({ code: 0, asked: [] });
    plan = blocked;
    expect(await cli(['deploy'], 'yes')).toMatchObject({
      code: 1,
      asked: [],
      out: expect.stringContaining('No cores.'),
    });
    expect(posted()).toEqual([]);
  });

  it('with nobody to ask: is refused, unless it need not ask', async () => {
    expect((await cli(['deploy'])).code).toBe(64);
    expect(service.requests).toEqual([]);
    expect((await cli(['deploy', '--auto-approve'])).code).toBe(0);
    expect(posted()).toEqual([{}]);
  });
});

describe('approve and reject', () => {
  it('say why and who', async () => {
    expect((await cli(['approve', 'a', '--reason', 'Agreed', '--by', 'ann'])).code).toBe(0);
    expect((await cli(['reject', 'a', '--reason', 'Too large'])).code).toBe(0);
    expect(await cli(['reject', 'a'])).toMatchObject({
      code: 64,
      err: expect.stringContaining('--reason must be given'),
    });
    expect(service.requests).toMatchObject([
      { method: 'POST', url: '/api/deployments/a/approve', body: { reason: 'Agreed', by: 'ann' } },
      {
        method: 'POST',
        url: '/api/deployments/a/reject',
        body: { reason: 'Too large', by: expect.stringMatching(/./) },
      },
    ]);
  });
});
