import { systemPool } from '../../activities/reconcile/immutables.ts';
import { readVcpuUsages, type VcpuUsage } from '../../azure/readings/vcpu-usages.ts';
import { type Finding, finding } from '../../deployment/plan/finding.ts';
import type { Rule } from './rule.ts';

/** The quota of all families of a region together. */
const REGIONAL = 'cores';

/** Nodes that are there already count as used. An upgrade makes one more before it removes one (learn.microsoft.com/azure/aks/upgrade-aks-cluster, max surge). */
export const vcpuQuota: Rule = {
  question: 'the vCPU quota suffices for the nodes',
  async check({ deployment, cluster, vmSize }) {
    const {
      subscriptionId,
      location,
      cluster: { nodeCount },
    } = deployment;
    const [size, usages, existing] = await Promise.all([vmSize(), readVcpuUsages(subscriptionId, location), cluster()]);
    if (!size) return [];
    const pool = existing && systemPool(existing);
    const nodes = pool?.enableAutoScaling ? 0 : Math.max(0, nodeCount - (pool?.count ?? 0));
    return usages
      .filter(({ quota }) => quota === REGIONAL || quota.toLowerCase() === size.family.toLowerCase())
      .flatMap((usage) => judge(usage, nodes * size.vcpus, size.vcpus, location));
  },
};

const judge = ({ displayName, used, limit }: VcpuUsage, nodes: number, surge: number, location: string): Finding[] => {
  const left = `of "${displayName}" in ${location} ${Math.max(0, limit - used)} of ${limit} are left`;
  if (nodes > limit - used) return [finding('vcpu-quota', `The nodes need ${nodes} vCPUs more; ${left}.`, 'cluster')];
  if (nodes + surge <= limit - used) return [];
  return [
    finding(
      'vcpu-surge',
      `An upgrade of the nodes needs ${surge} vCPUs more for a while; ${left}${nodes > 0 ? `, and the nodes take ${nodes}` : ''}.`,
      'cluster',
    ),
  ];
};
