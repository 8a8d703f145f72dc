import { z } from 'zod';
import { command, groupFlag, readInto, TABLE } from '../deployment/az/az-lines.ts';
import { flag, tagFlags } from '../deployment/az/az-words.ts';
import { defineStep } from './define-step.ts';
import { placeFields } from './input-fields.ts';
import { placeOf } from './input-parts.ts';
import { resourceGroup } from './resource-group.ts';

/** The user-assigned managed identity that the pods of Airflow sign in as. */
export const identity = defineStep({
  name: 'identity',
  summary: 'Creates the managed identity that Airflow signs in as.',
  dependsOn: [resourceGroup],
  input: z.object({ ...placeFields, identityName: z.string() }),
  value: z.object({ id: z.string(), principalId: z.string(), clientId: z.string() }),
  from: (deployment) => ({ ...placeOf(deployment), identityName: deployment.identityName }),
  usualSeconds: { create: 3 },
  deadlineMinutes: 20,
  actions: [
    {
      action: 'Microsoft.ManagedIdentity/userAssignedIdentities/read',
      why: 'reads it',
      needed: 'always',
    },
    {
      action: 'Microsoft.ManagedIdentity/userAssignedIdentities/write',
      why: 'creates or changes it',
      needed: 'write',
    },
  ],
  resource: {
    type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
    apiVersion: '2024-11-30',
    nameIn: ({ identityName }) => identityName,
    deleteSeconds: 5,
    policyContent: () => ({}),
  },
  actsOn: (deployment) => [resourceGroup.resourceId(deployment)],
  commandOrder: 2,
  commands: (deployment) => {
    const name = flag('name', deployment.identityName);
    const show = command('az identity show', name, groupFlag(deployment));
    return {
      create: [command('az identity create', name, groupFlag(deployment), tagFlags(deployment.tags), TABLE)],
      reads: [
        readInto('MY_IDENTITY_NAME_ID', `${show} --query id`),
        readInto('MY_IDENTITY_NAME_PRINCIPAL_ID', `${show} --query principalId`),
        readInto('MY_IDENTITY_NAME_CLIENT_ID', `${show} --query clientId`),
      ],
    };
  },
  outputs: ({ identityName }, { id, principalId, clientId }) => ({
    MY_IDENTITY_NAME: identityName,
    MY_IDENTITY_NAME_ID: id,
    MY_IDENTITY_NAME_PRINCIPAL_ID: principalId,
    MY_IDENTITY_NAME_CLIENT_ID: clientId,
  }),
});
