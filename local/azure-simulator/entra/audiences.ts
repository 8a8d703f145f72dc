import { storageAccountAt } from '../base/cloud-hosts.ts';
import type { Cloud } from '../base/clouds.ts';

/** Whether the tenant knows a service under this identifier: those of its own cloud, no others (Azure/azure-cli issue 16696). */
export const isAudience = (cloud: Cloud, resource: string): boolean => {
  const [, host = ''] = /^https:\/\/([^/]+)\/*$/.exec(resource) ?? [];
  return audiencesOf(cloud).includes(host) || storageAccountAt(cloud, host) !== undefined;
};

const audiencesOf = ({ resourceManager, classicAudience, graph, vaultSuffix }: Cloud): string[] => [
  resourceManager,
  classicAudience,
  graph,
  vaultSuffix,
  // Storage's audience is one for all clouds (learn.microsoft.com, authorize-access-azure-active-directory; Azure/go-autorest pull request 408).
  'storage.azure.com',
];
