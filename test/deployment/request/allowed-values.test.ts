import { expect, it } from 'vitest';
import { type AllowedValues, refusedValues } from '../../../src/deployment/request/allowed-values.ts';
import { parseDeploymentRequest } from '../../../src/deployment/request/parse-request.ts';
import { resolveDeployment } from '../../../src/deployment/request/resolve-deployment.ts';

const refused = (body: object, allowed: AllowedValues): string[] => {
  const parsed = parseDeploymentRequest(body);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const resolved = resolveDeployment(parsed.request, '11111111-2222-4333-8444-555555555555');
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.errors));
  return refusedValues(resolved.deployment, allowed).map(({ field, message }) => `${field} ${message}`);
};

it.each<[string, object, AllowedValues, string[]]>([
  ['nothing is said', {}, {}, []],
  ['an allowed location, written otherwise', { location: 'East US' }, { locations: ['eastus'] }, []],
  [
    'another location',
    { location: 'westus' },
    { locations: ['eastus', 'eastus2'] },
    ['location is westus; this service allows eastus, eastus2'],
  ],
  [
    'the default location',
    {},
    { locations: ['eastus'] },
    ['location is canadacentral by default; this service allows eastus'],
  ],
  [
    'a size by its beginning',
    { cluster: { nodeVmSize: 'standard_D4s_v5'.replace('s', 'S') } },
    { vmSizes: ['Standard_D*'] },
    [],
  ],
  [
    'another size',
    { cluster: { nodeVmSize: 'Standard_M416s' } },
    { vmSizes: ['Standard_DS4_v2', 'Standard_E*'] },
    ['cluster.nodeVmSize is Standard_M416s; this service allows Standard_DS4_v2, Standard_E*'],
  ],
  [
    'a size that only begins like one',
    { cluster: { nodeVmSize: 'Standard_DS4_v2_x' } },
    { vmSizes: ['Standard_DS4_v2'] },
    ['cluster.nodeVmSize is Standard_DS4_v2_x; this service allows Standard_DS4_v2'],
  ],
  [
    'too many nodes',
    { cluster: { nodeCount: 11 } },
    { maxNodeCount: 10 },
    ['cluster.nodeCount is 11; this service allows at most 10'],
  ],
  ['as many nodes as may be', { cluster: { nodeCount: 10 } }, { maxNodeCount: 10 }, []],
  [
    'an image from elsewhere',
    {
      images: [
        { source: 'DOCKER.io/a/b:1', image: 'b:1' },
        { source: 'evil.example.com/docker.io/b:1', image: 'c:1' },
      ],
    },
    { imageRegistries: ['docker.io'] },
    ['images.1.source is evil.example.com/docker.io/b:1; this service allows images from docker.io'],
  ],
  [
    "the tutorial's images",
    {},
    { imageRegistries: ['docker.io', 'quay.io'] },
    [
      'images.5.source is registry.k8s.io/git-sync/git-sync:v4.1.0 by default; this service allows images from docker.io, quay.io',
    ],
  ],
])('%s', (_, body, allowed, errors) => {
  expect(refused(body, allowed)).toEqual(errors);
});
