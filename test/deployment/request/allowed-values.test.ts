import { expect, it } from 'vitest';
import { type AllowedValues, refusedValues } from '../../../src/deployment/request/allowed-values.ts';
import { aDeployment } from '../../support/a-deployment.ts';

const refused = (body: object, allowed: AllowedValues): string[] =>
  refusedValues(aDeployment(body), allowed).map(({ field, message }) => `${field} ${message}`);

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
  ['a size by its beginning', { cluster: { nodeVmSize: 'Standard_D4s_v5' } }, { vmSizes: ['Standard_D*'] }, []],
  ['a size whatever its case', {}, { vmSizes: ['standard_ds4_V2'] }, []],
  ['a size by its beginning, whatever its case', {}, { vmSizes: ['standard_e*', 'standard_ds*'] }, []],
  [
    'the default size',
    {},
    { vmSizes: ['Standard_E4'] },
    ['cluster.nodeVmSize is Standard_DS4_v2 by default; this service allows Standard_E4'],
  ],
  [
    'a size in the middle of which stands what is allowed',
    { cluster: { nodeVmSize: 'Standard_D4' } },
    { vmSizes: ['D4*', 'D4'] },
    ['cluster.nodeVmSize is Standard_D4; this service allows D4*, D4'],
  ],
  [
    'the default number of nodes',
    {},
    { maxNodeCount: 2 },
    ['cluster.nodeCount is 3 by default; this service allows at most 2'],
  ],
  ['no nodes at all', {}, { maxNodeCount: 0 }, ['cluster.nodeCount is 3 by default; this service allows at most 0']],
  [
    'everything at once',
    { location: 'westus', cluster: { nodeCount: 4 } },
    { locations: [], maxNodeCount: 3 },
    ['location is westus; this service allows ', 'cluster.nodeCount is 4; this service allows at most 3'],
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

it('the default location is that of the cloud', () => {
  const china = { name: 'AzureChinaCloud', defaultLocation: 'chinanorth3', vaultSuffix: '.vault.azure.cn' };
  const refuse = (location?: string) =>
    refusedValues(aDeployment({ location }, china), { locations: ['eastus'] }, china).map(({ message }) => message);
  expect(refuse()).toEqual(['is chinanorth3 by default; this service allows eastus']);
  expect(refuse('canadacentral')).toEqual(['is canadacentral; this service allows eastus']);
});
