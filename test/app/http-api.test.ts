import { describe, expect, it, vi } from 'vitest';
import { useWorld } from '../support/use-world.ts';

const world = useWorld();

interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

const problemOf = async (response: Response): Promise<Problem> => {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem: Problem = JSON.parse(await response.text());
  expect(problem.status).toBe(response.status);
  expect(problem.type).toMatch(/^urn:airflow-on-aks:problem:[a-z-]+$/);
  return problem;
};

const postText = (body: string, headers: Record<string, string> = {}) =>
  world.fetch('/api/deployments', { method: 'POST', body, headers });

describe('bad input starts nothing and is answered with a problem that names it', () => {
  it.each([
    ['an unknown field', '{"colour": "blue"}', 'colour'],
    ['a wrong type', '{"cluster": {"nodeCount": "three"}}', 'cluster.nodeCount'],
    ["a name that breaks Azure's rules", '{"keyVaultName": "a--b"}', 'keyVaultName'],
    [
      'the tag that says whose a resource is',
      '{"tags": {"Airflow-on-AKS-deployment": "mine"}}',
      'tags.Airflow-on-AKS-deployment',
    ],
    ['a tag of several lines', '{"tags": {"a": "x\\ntouch y"}}', 'tags.a'],
    ['a list', '[]', ''],
  ])('%s: 400', async (_, body, field) => {
    const problem = await problemOf(await postText(body));
    expect(problem.status).toBe(400);
    expect(problem.errors?.map((error) => error.field)).toEqual([field]);
  });

  it.each([
    ['not JSON', '{"location":', 'JSON'],
    ['empty', '', '{}'],
    ['blank', '  ', '{}'],
  ])('a body that is %s: 400 with what to send', async (_, body, remedy) => {
    const problem = await problemOf(await postText(body));
    expect(problem.status).toBe(400);
    expect(problem.detail).toContain(remedy);
  });

  it('a body in chunks arrives empty on the platform: 400 that says so', async () => {
    const stream = new Blob(['{}']).stream();
    const response = await world.fetch('/api/deployments', { method: 'POST', body: stream, duplex: 'half' });
    expect((await problemOf(response)).detail).toContain('Content-Length');
  });

  it('a body of 2 MB: 413', async () => {
    const problem = await problemOf(await postText(JSON.stringify({ tags: { a: 'x'.repeat(2_000_000) } })));
    expect(problem.status).toBe(413);
  });

  it('an unknown deployment: 404 for each of its addresses', async () => {
    for (const path of ['', '/result', '/outputs']) {
      expect((await problemOf(await world.fetch(`/api/deployments/nobody${path}`))).status).toBe(404);
    }
    expect((await problemOf(await world.post({}, '/api/deployments/nobody/kubeconfig'))).status).toBe(404);
  });

  it.each(['x%23y', 'x%3FtaskHub=y', 'x%09', '..%2Fx', 'UPPER'])(
    'an id that is none (%s): 404, and nothing else is asked',
    async (id) => {
      expect((await problemOf(await world.fetch(`/api/deployments/${id}`))).status).toBe(404);
    },
  );

  it.each([
    ['a key that objects would swallow', '{"tags": {"__proto__": "x"}}'],
    ['a tag twice', '{"tags": {"env": "a", "Env": "b"}}'],
    ["a tag of Azure's own", '{"tags": {"microsoft.x": "y"}}'],
    [
      'an image name that is too long',
      JSON.stringify({ images: [{ source: 'docker.io/a/b:1', image: `${'b'.repeat(200)}:1` }] }),
    ],
  ])('%s: 400', async (_, body) => {
    expect((await problemOf(await postText(body))).status).toBe(400);
  });

  it.each([
    ['IMAGE_IMPORT_CONCURRENCY', 'abc'],
    ['AZURE_SUBSCRIPTION_ID', 'mine'],
    ['AZURE_CLOUD', 'MyCloud'],
    ['AZURE_SIMULATOR_URL', 'http://example.com'],
    ['ALLOWED_LOCATIONS', 'Canada Central,'],
    ['ALLOWED_VM_SIZES', '*'],
    ['MAX_NODE_COUNT', '0'],
    ['ALLOWED_IMAGE_REGISTRIES', 'https://docker.io'],
  ])('a wrong setting %s=%s: 500 that names it', async (name, value) => {
    vi.stubEnv(name, value);
    const problem = await problemOf(await world.post({}));
    vi.unstubAllEnvs();
    expect(problem.status).toBe(500);
    expect(problem.detail).toContain(name);
  });

  it('what the service does not allow: 400 that names it and what is allowed, for plans too', async () => {
    vi.stubEnv('ALLOWED_LOCATIONS', 'eastus, westeurope');
    vi.stubEnv('ALLOWED_VM_SIZES', 'Standard_D*');
    vi.stubEnv('MAX_NODE_COUNT', '5');
    vi.stubEnv('ALLOWED_IMAGE_REGISTRIES', 'docker.io,quay.io');
    for (const path of ['/api/deployments', '/api/plans']) {
      const body = { cluster: { nodeVmSize: 'Standard_M416s', nodeCount: 6 } };
      const problem = await problemOf(await world.post(body, path));
      expect(problem.status).toBe(400);
      expect(problem.errors?.map(({ field }) => field)).toEqual([
        'location',
        'cluster.nodeVmSize',
        'cluster.nodeCount',
        'images.5.source',
      ]);
      expect(problem.detail).toBe(
        'location is canadacentral by default; this service allows eastus, westeurope (and 3 more).',
      );
    }
    vi.unstubAllEnvs();
  });

  it('an unknown path: 404 that lists the known ones', async () => {
    const problem = await problemOf(await world.fetch('/api/deploymentz'));
    expect(problem.status).toBe(404);
    expect(JSON.stringify(problem)).toContain('POST /api/deployments');
  });

  it.each([
    ['DELETE', '/api/health', 'GET, HEAD'],
    ['PUT', '/api/deployments', 'POST, GET, HEAD'],
    ['POST', '/api/deployments/x', 'GET, HEAD, DELETE'],
    ['GET', '/api/deployments/x/kubeconfig', 'POST'],
  ])('%s %s: 405 with Allow: %s', async (method, path, allow) => {
    const response = await world.fetch(path, { method });
    expect((await problemOf(response)).status).toBe(405);
    expect(response.headers.get('allow')).toBe(allow);
  });

  it.each(['status=Done', 'top=0', 'top=many', 'page=2', 'after=x'])('a list with ?%s: 400', async (query) => {
    expect((await problemOf(await world.fetch(`/api/deployments?${query}`))).status).toBe(400);
  });

  it('has started nothing', async () => {
    const list: { deployments: unknown[] } = JSON.parse(await (await world.fetch('/api/deployments')).text());
    expect(list.deployments).toEqual([]);
    expect(world.azure.simulator.resources()).toEqual([]);
  });
});

describe('the API', () => {
  it('is alive', async () => {
    const response = await world.fetch('/api/health');
    expect([response.status, await response.text()]).toEqual([200, '{"status":"ok"}']);
  });

  it('accepts a deployment with the addresses of its progress and its result', async () => {
    const response = await world.post({ id: 'accepted', resourceGroupName: 'accepted' });
    const body: { id: string; urls: Record<string, string>; names: Record<string, string> } = JSON.parse(
      await response.text(),
    );
    expect(response.status).toBe(202);
    expect(response.headers.get('location')).toBe(`${world.host.url}/api/deployments/accepted/result`);
    expect(response.headers.get('operation-location')).toBe(`${world.host.url}/api/deployments/accepted`);
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(body.names.keyVaultName).toMatch(/^airflow-vault-[a-z]{7}-kv$/);

    const result = await world.fetch('/api/deployments/accepted/result');
    if (result.status === 202) expect(result.headers.get('location')).toBe(response.headers.get('location'));
    await world.ended('accepted');
  });

  it('shows every step from the first answer on', async () => {
    await world.post({ id: 'watched', resourceGroupName: 'watched', images: [] });
    const first = await world.status('watched');
    expect(first.steps.map(({ name }) => name)).toEqual([
      'resource-group',
      'identity',
      'key-vault',
      'ssh-key',
      'registry',
      'storage',
      'container',
      'cluster',
      'secrets',
      'acr-pull',
      'vault-access',
      'federated-credential',
      'connect',
    ]);
    await world.ended('watched');
  });

  it('has no outputs before the end: 409 with the address of the progress', async () => {
    await world.azure.fail({ method: 'PUT', path: '/managedClusters/', action: { hangOperation: true } });
    await world.post({ id: 'slow', resourceGroupName: 'slow', images: [] });
    const response = await world.fetch('/api/deployments/slow/outputs');
    expect((await problemOf(response)).status).toBe(409);
    expect((await problemOf(await world.post({}, '/api/deployments/slow/kubeconfig'))).status).toBe(409);
    await world.host.hub.terminate('d:slow', 'test');
    await world.ended('slow');
    expect((await problemOf(await world.fetch('/api/deployments/slow/result'))).status).toBe(422);
  });

  it('lists deployments newest first, by status, page by page', async () => {
    const ids = async (query: string): Promise<{ ids: string[]; nextLink?: string }> => {
      const response = await world.fetch(`/api/deployments?${query}`);
      const body: { deployments: { id: string }[]; nextLink?: string } = JSON.parse(await response.text());
      return { ids: body.deployments.map(({ id }) => id), ...(body.nextLink && { nextLink: body.nextLink }) };
    };
    expect((await ids('')).ids).toEqual(['slow', 'watched', 'accepted']);
    expect((await ids('status=Succeeded')).ids).toEqual(['watched', 'accepted']);
    const first = await ids('top=2');
    expect(first.ids).toEqual(['slow', 'watched']);
    expect((await ids(new URL(first.nextLink ?? '').search.slice(1))).ids).toEqual(['accepted']);
  });
});
