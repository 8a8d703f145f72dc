import { z } from 'zod';
import { command, TABLE } from '../deployment/az/az-lines.ts';
import { flag, tagFlags } from '../deployment/az/az-words.ts';
import { resourceGroupId } from '../deployment/names/resource-ids.ts';
import { defineStep } from './define-step.ts';
import { placeFields, resourceValue } from './input-fields.ts';
import { placeOf } from './input-parts.ts';

/** The resource group that everything else is created in. */
export const resourceGroup = defineStep({
  name: 'resource-group',
  summary: 'Creates the resource group, or tags it.',
  input: z.object(placeFields),
  value: resourceValue,
  from: placeOf,
  usualSeconds: { create: 5 },
  deadlineMinutes: 45,
  actions: [
    {
      action: 'Microsoft.Resources/subscriptions/resourceGroups/read',
      why: 'reads it',
      needed: 'always',
    },
    {
      action: 'Microsoft.Resources/subscriptions/resourceGroups/write',
      why: 'creates or tags it. Before the group exists this can be assigned on the subscription only',
      needed: 'write',
    },
  ],
  resource: {
    type: 'Microsoft.Resources/subscriptions/resourceGroups',
    apiVersion: '2021-04-01',
    nameIn: ({ resourceGroupName }) => resourceGroupName,
    deleteSeconds: 420,
    policyContent: () => ({}),
  },
  resourceId: ({ subscriptionId, resourceGroupName }) => resourceGroupId(subscriptionId, resourceGroupName),
  actsOn: () => [],
  commandOrder: 1,
  commands: ({ resourceGroupName, location, tags }) => ({
    create: [
      command('az group create', flag('name', resourceGroupName), flag('location', location), tagFlags(tags), TABLE),
    ],
  }),
  outputs: ({ location, resourceGroupName }) => ({
    MY_LOCATION: location,
    MY_RESOURCE_GROUP_NAME: resourceGroupName,
  }),
});
