/** What a task hub's name has to be, since a name that works here must work in Azure. */
export interface HubNameRule {
  readonly pattern: RegExp;
  readonly words: string;
}

/** EXT `AzureStorageOptions.ValidateHubName`. */
const AZURE_STORAGE: HubNameRule = {
  pattern: /^[a-zA-Z][a-zA-Z0-9]{2,44}$/,
  words: 'only alphanumeric characters, start with a letter, and have length between 3 and 45 characters',
};

/** azure-rest-api-specs `specification/durabletask/DurableTask.Management/taskhub.tsp`. */
const SCHEDULER: HubNameRule = {
  pattern: /^[a-zA-Z0-9-]{3,64}$/,
  words: 'only alphanumeric characters and hyphens, and have length between 3 and 64 characters',
};

/** @param provider - `storageProvider.type` of host.json, in any case. */
export const hubNameRule = (provider: string): HubNameRule =>
  provider.toLowerCase() === 'azuremanaged' ? SCHEDULER : AZURE_STORAGE;
