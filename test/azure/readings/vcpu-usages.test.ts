import { describe, expect, it } from 'vitest';
import { readVcpuUsages } from '../../../src/azure/readings/vcpu-usages.ts';
import { useScriptedAzure } from '../../support/scripted-azure.ts';

const azure = useScriptedAzure();

const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';

describe('the use of vCPUs', () => {
  it('is read by quota', async () => {
    const route = `GET /subscriptions/${SUBSCRIPTION}/providers/Microsoft.Compute/locations/canadacentral/usages`;
    const usage = { currentValue: 4, limit: 10, unit: 'Count' };
    const value = [
      { ...usage, name: { value: 'cores', localizedValue: 'Total Regional vCPUs' } },
      { ...usage, name: { value: 'standardDSv2Family', localizedValue: null } },
    ];
    azure.on(route, { body: { value } });
    expect(await readVcpuUsages(SUBSCRIPTION, 'canadacentral')).toEqual([
      { quota: 'cores', displayName: 'Total Regional vCPUs', used: 4, limit: 10 },
      { quota: 'standardDSv2Family', displayName: 'standardDSv2Family', used: 4, limit: 10 },
    ]);
    expect(azure.request(route).query).toEqual({ 'api-version': '2024-07-01' });
  });
});
