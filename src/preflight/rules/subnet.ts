import { rangesOverlap } from '../../deployment/names/cidr.ts';
import { finding } from '../../deployment/plan/finding.ts';
import { unusableExisting } from '../unusable-existing.ts';
import type { Rule } from './rule.ts';

/** The range of the cluster's services, which the tutorial leaves to AKS (learn.microsoft.com, az aks create --service-cidr). */
const SERVICE_CIDR = '10.0.0.0/16';

/** Whether the nodes can be put into the subnet that the request names. */
export const subnetRule: Rule = {
  question: "the nodes' subnet can be used",
  field: 'existing.subnetId',
  async check({ deployment, subnet, cluster }) {
    const id = deployment.existing?.subnetId;
    if (id === undefined) return [];
    const [found, existing] = await Promise.all([subnet(), cluster()]);
    if (!found) return [unusableExisting('subnetId', `${id} does not exist.`, 'cluster')];
    if (found.location.toLowerCase() !== deployment.location) {
      const message = `${id} is in ${found.location}, but a cluster in ${deployment.location} takes a subnet there.`;
      return [unusableExisting('subnetId', message, 'cluster')];
    }
    const services = existing?.networkProfile?.serviceCidr ?? SERVICE_CIDR;
    const clash = found.ranges.find((range) => rangesOverlap(range, services));
    if (clash === undefined) return [];
    const message = `${id} has the addresses ${clash}, which overlap with those of the cluster's services, ${services}.`;
    return [finding('subnet-overlap', message, 'cluster')];
  },
};
