import { describe, expect, it } from 'vitest';
import { AzureOperationError } from '../../../src/azure/failures/azure-failure.ts';
import { readSubnet } from '../../../src/azure/readings/read-subnet.ts';
import { type Answer, azureError, NOT_FOUND, useScriptedAzure } from '../../support/scripted-azure.ts';

const azure = useScriptedAzure();

const GROUP = '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg';

const failureOf = async (promise: Promise<unknown>) => {
  const error = await promise.catch((thrown: unknown) => thrown);
  return error instanceof AzureOperationError ? error.failure : error;
};

describe('a subnet', () => {
  const NETWORK = `${GROUP}/providers/Microsoft.Network/virtualNetworks/v`;

  const read = (id: string, answer: Answer) => {
    azure.on(`GET ${NETWORK}`, answer);
    return readSubnet(id);
  };

  const network = (...subnets: object[]) => ({ body: { location: 'canadacentral', properties: { subnets } } });
  const NODES = { name: 'nodes', properties: { addressPrefix: '10.0.0.0/24' } };

  it.each([
    ['one range', NODES, ['10.0.0.0/24']],
    ['several', { name: 'Nodes', properties: { addressPrefix: 'x', addressPrefixes: ['a', 'b'] } }, ['a', 'b']],
    ['none', { name: 'NODES', properties: { addressPrefix: null } }, []],
    ['an empty one', { name: 'NODES', properties: { addressPrefix: '' } }, []],
  ])('with %s is found in its network, in any case', async (_, subnet, ranges) => {
    const other = { name: 'other', properties: { addressPrefix: 'o' } };
    expect(await read(`${NETWORK}/subnets/nodes`, network(other, subnet))).toEqual({
      location: 'canadacentral',
      ranges,
    });
    expect(azure.requests[0]?.query).toEqual({ 'api-version': '2024-05-01' });
    expect((await read(`${NETWORK}/SUBNETS/NODES`, network(subnet)))?.ranges).toEqual(ranges);
  });

  it('that is not there is undefined, with its network or without', async () => {
    expect(await read(`${NETWORK}/subnets/x`, network(NODES))).toBeUndefined();
    expect(await read(`${NETWORK}/subnets/x`, { body: { location: 'l', properties: {} } })).toBeUndefined();
    expect(await read(`${NETWORK}/subnets/x`, { body: { location: 'l', properties: { subnets: null } } })).toBe(
      undefined,
    );
    expect(await read(`${NETWORK}/subnets/nodes`, NOT_FOUND)).toBeUndefined();
    expect(await read(NETWORK, network({ name: '', properties: {} }))).toEqual({
      location: 'canadacentral',
      ranges: [],
    });
  });

  it('that may not be read is an error', async () => {
    expect(await failureOf(read(`${NETWORK}/subnets/x`, azureError(403, 'AuthorizationFailed')))).toMatchObject({
      status: 403,
    });
  });
});
