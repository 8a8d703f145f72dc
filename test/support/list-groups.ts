import { armClients } from '../../src/azure/arm-clients.ts';

/** A program: lists the resource groups of AZURE_SUBSCRIPTION_ID with the app's own credential and the SDK's own transport. */
const groups = armClients(process.env.AZURE_SUBSCRIPTION_ID ?? '').resources.resourceGroups.list();
for await (const { name } of groups) console.log(name);
