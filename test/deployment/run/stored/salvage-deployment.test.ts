import { describe, expect, it } from 'vitest';
import { salvageDeployment } from '../../../../src/deployment/run/stored/salvage-deployment.ts';
import { aDeployment } from '../../../support/a-deployment.ts';
import { aStoredDeployment } from '../../../support/a-stored-deployment.ts';

describe('what can be salvaged of a deployment that cannot be read', () => {
  it('is every field that can, under the id that the instance has', () => {
    const { tags: _, cluster: __, ...rest } = aStoredDeployment;
    const tutorial = aDeployment();
    expect(salvageDeployment({ ...aStoredDeployment, id: 7, tags: { a: 'b' }, cluster: 'big' }, 'one')).toEqual({
      ...rest,
      tags: [],
      cluster: tutorial.cluster,
    });
  });

  it.each([
    ['no text', '☂'],
    ['nothing', undefined],
    ['no subscription', { ...aStoredDeployment, subscriptionId: 7 }],
    ['no resource group', { ...aStoredDeployment, resourceGroupName: undefined }],
  ])('is nothing of %s', (_, stored) => {
    expect(salvageDeployment(stored, 'one')).toBeUndefined();
  });
});
