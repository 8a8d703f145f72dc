import { finding } from '../../deployment/plan/finding.ts';
import type { Rule } from './rule.ts';

/** For a cluster that exists the question is answered. */
export const vmSizeRule: Rule = {
  question: 'the subscription may use the VM size in the location and zones',
  async check({ deployment, cluster, vmSize }) {
    if (await cluster()) return [];
    const {
      location,
      cluster: { nodeVmSize, zones },
    } = deployment;
    const size = await vmSize();
    if (!size) return [finding('vm-size-not-offered', `${location} does not offer ${nodeVmSize}.`, 'cluster')];
    if (size.refusedBecause !== undefined) {
      const message = `The subscription may not use ${size.name} in ${location} (${size.refusedBecause}).`;
      return [finding('vm-size-not-offered', message, 'cluster')];
    }
    const missing = zones.filter((zone) => !size.zones.includes(zone));
    if (missing.length === 0) return [];
    const offered = size.zones.length > 0 ? `in the zones ${size.zones.join(', ')} only` : 'in no zone';
    const message = `The subscription may use ${size.name} in ${location} ${offered}, not in ${missing.join(', ')}.`;
    return [finding('vm-size-zones', message, 'cluster')];
  },
};
