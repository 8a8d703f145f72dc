import type { Deployment } from '../request/resolve-deployment.ts';
import { flag } from './az-words.ts';

/** The words that are there, as one command. */
export const command = (...words: readonly string[]): string => words.filter((word) => word !== '').join(' ');

/** Keeps the answer of a query in a variable, as the tutorial does. */
export const readInto = (variable: string, query: string): string => `export ${variable}=$(${query} --output tsv)`;

/** The flag that names the deployment's resource group. */
export const groupFlag = (deployment: Deployment): string => flag('resource-group', deployment.resourceGroupName);

/** How the tutorial shows what a command made. */
export const TABLE = '--output table';

/** Gives the managed identity a role; as it is new, it is not searched for in the directory. */
export const roleCommand = (role: string, scope: string): string =>
  `az role assignment create --assignee-object-id $MY_IDENTITY_NAME_PRINCIPAL_ID --assignee-principal-type ServicePrincipal --role "${role}" --scope ${scope} --output table`;
