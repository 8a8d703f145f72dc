import { expect, it } from 'vitest';
import { command, groupFlag, readInto, roleCommand, TABLE } from '../../../src/deployment/az/az-lines.ts';
import { aDeployment } from '../../support/a-deployment.ts';

it('a command holds the words that there are', () => {
  expect(command('az group create', '', '--name rg', '', TABLE)).toBe('az group create --name rg --output table');
});

it('an answer is kept in a variable', () => {
  expect(readInto('ID', 'az group show --name rg --query id')).toBe(
    'export ID=$(az group show --name rg --query id --output tsv)',
  );
});

it('the group is a word of its own', () => {
  expect(groupFlag(aDeployment({ id: 'a', resourceGroupName: 'a(b)' }))).toBe("--resource-group 'a(b)'");
});

it('the identity gets a role', () => {
  expect(roleCommand('Key Vault Secrets User', '$KEYVAULTID')).toBe(
    'az role assignment create --assignee-object-id $MY_IDENTITY_NAME_PRINCIPAL_ID --assignee-principal-type ServicePrincipal --role "Key Vault Secrets User" --scope $KEYVAULTID --output table',
  );
});
