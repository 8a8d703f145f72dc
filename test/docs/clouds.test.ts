import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { currentCloud } from '../../src/azure/settings/cloud.ts';
import { allSteps } from '../../src/steps/all-steps.ts';

const page = readFileSync(new URL('../../docs/clouds.md', import.meta.url), 'utf8');

const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.trim()));

it.each(['AzureCloud', 'AzureChinaCloud', 'AzureUSGovernment'])(
  'the table has what the service knows of %s',
  (name) => {
    const [head = []] = rows;
    const column = head.findIndex((cell) => cell.startsWith(name));
    const cells = rows.map((row) => row[column] ?? '').join('\n');
    const cloud = currentCloud({ AZURE_CLOUD: name });
    for (const value of Object.values({ ...cloud, name: '' })) expect(cells).toContain(value.replace('https://', ''));
  },
);

it('the versions of the API are those that are asked for', () => {
  const versions = rows.flatMap(([, name = '', version = '']) =>
    name.startsWith('Microsoft.') ? [[name, version]] : [],
  );
  const askedFor = allSteps.flatMap(({ resource }) => {
    const [namespace = ''] = resource?.type.split('/') ?? [];
    return resource && namespace !== 'Microsoft.Resources' ? [[namespace, resource.apiVersion]] : [];
  });
  expect(Object.fromEntries(versions)).toEqual(Object.fromEntries(askedFor));
});
