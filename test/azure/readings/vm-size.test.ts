import { describe, expect, it } from 'vitest';
import { findVmSize } from '../../../src/azure/readings/vm-size.ts';
import { useScriptedAzure } from '../../support/scripted-azure.ts';

const azure = useScriptedAzure();

const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';

describe('a VM size', () => {
  const ROUTE = `GET /subscriptions/${SUBSCRIPTION}/providers/Microsoft.Compute/skus`;
  const SIZE = {
    resourceType: 'virtualMachines',
    name: 'Standard_DS4_v2',
    family: 'standardDSv2Family',
    capabilities: [
      { name: 'MemoryGB', value: '28' },
      { name: 'vCPUs', value: '8' },
    ],
    locationInfo: [{ location: 'canadacentral', zones: ['3', '1', '2'] }],
    restrictions: [],
  };

  const find = (...value: unknown[]) => {
    azure.on(ROUTE, { body: { value } });
    return findVmSize(SUBSCRIPTION, 'canadacentral', 'standard_ds4_V2');
  };

  it('is found in the list of its location, in any case', async () => {
    const others = [
      'no object',
      { ...SIZE, resourceType: 'disks', family: 'wrong' },
      { ...SIZE, name: 'Standard_DS3_v2', family: 'wrong' },
      { ...SIZE, name: null },
      { family: 7 },
    ];
    expect(await find(...others, SIZE, { ...SIZE, family: 'second' })).toEqual({
      name: 'Standard_DS4_v2',
      family: 'standardDSv2Family',
      vcpus: 8,
      zones: ['1', '2', '3'],
      refusedBecause: undefined,
    });
    expect(azure.request(ROUTE).query).toEqual({
      'api-version': '2021-07-01',
      $filter: "location eq 'canadacentral'",
    });
  });

  it('that the location does not offer is undefined', async () => {
    expect(await find()).toBeUndefined();
    expect(await find({ ...SIZE, name: 'Other' })).toBeUndefined();
  });

  it('may not be used where the subscription is restricted', async () => {
    const restrictions = [
      { type: 'Zone', reasonCode: 'OfZone', restrictionInfo: { zones: ['2'] } },
      { type: 'Zone', reasonCode: 'OfZone', restrictionInfo: null },
      { type: 'Other', reasonCode: 'OfOther', restrictionInfo: { zones: ['1'] } },
    ];
    expect(await find({ ...SIZE, restrictions })).toMatchObject({ zones: ['1', '3'], refusedBecause: undefined });
    const all = [...restrictions, { type: 'Location', reasonCode: 'NotAvailableForSubscription' }];
    expect(await find({ ...SIZE, restrictions: all })).toMatchObject({ refusedBecause: 'NotAvailableForSubscription' });
    expect((await find({ ...SIZE, restrictions: [{ type: 'Location', reasonCode: null }] }))?.refusedBecause).toBe(
      undefined,
    );
  });

  it('may be described in part', async () => {
    expect(await find({ resourceType: 'virtualMachines', name: SIZE.name })).toEqual({
      name: 'Standard_DS4_v2',
      family: '',
      vcpus: 0,
      zones: [],
      refusedBecause: undefined,
    });
    const partly = {
      capabilities: [{ name: 'vCPUs', value: 'many' }],
      locationInfo: [{ zones: null }, { zones: ['1'] }],
    };
    expect(await find({ ...SIZE, ...partly })).toMatchObject({ vcpus: 0, zones: ['1'] });
  });
});
