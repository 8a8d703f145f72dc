import { escapePattern, type StoredSide } from './stored-side.ts';

/** Types whose names are unique in the whole of Azure, so that two ways cannot have the same, and what stands for the name. */
const GLOBAL_NAMES: Readonly<Record<string, string>> = {
  'microsoft.keyvault/vaults': '<vault>',
  'microsoft.containerregistry/registries': '<registry>',
  'microsoft.storage/storageaccounts': '<account>',
};

/** So many characters of the group's name stand in a cluster's DNS prefix (azure-cli, acs/managed_cluster_decorator.py). */
const IN_DNS_PREFIX = 16;

/** Replaces the names that the two ways cannot share: the resource group's, the three global ones, and the caller's ids. */
export const replaceNames = ({ resourceGroup, resources, caller }: StoredSide): ((text: string) => string) => {
  const rules: [RegExp, string][] = resources.flatMap(({ type, name }) => {
    const stand = GLOBAL_NAMES[type.toLowerCase()];
    return stand === undefined ? [] : [[whole(name), stand]];
  });
  rules.push([whole(resourceGroup), '<group>']);
  rules.push([whole(caller.objectId), "<caller's object id>"], [whole(caller.clientId), "<caller's client id>"]);
  const inPrefix = resourceGroup.slice(0, IN_DNS_PREFIX);
  if (inPrefix !== resourceGroup)
    rules.push([new RegExp(`(?<=^apache-air-)${escapePattern(inPrefix)}(?=-)`, 'gi'), '<group, 16 characters>']);
  return (text) => rules.reduce((result, [pattern, stand]) => result.replace(pattern, stand), text);
};

/** The name where no letter or digit goes on with it. */
const whole = (name: string): RegExp => new RegExp(`(?<![a-z0-9])${escapePattern(name)}(?![a-z0-9])`, 'gi');
