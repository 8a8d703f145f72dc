import { BlockList } from 'node:net';
import type { ArmRequest } from '../../arm/arm-request.ts';
import { textAt } from '../../base/json.ts';
import { HttpError } from '../../http/http-error.ts';
import { invalidParameter } from './cluster-schema.ts';

const JOIN = 'Microsoft.Network/virtualNetworks/subnets/join/action';

/** What `networkProfile.serviceCidr` is when nobody says (learn.microsoft.com, az aks create --service-cidr). */
const DEFAULT_SERVICE_CIDR = '10.0.0.0/16';

/**
 * The checks of a subnet that nodes are to be put into.
 *
 * @throws HttpError 403 by Resource Manager when the caller may not join it or it is not there, 400 by the service.
 */
export const checkSubnet = (
  request: ArmRequest,
  subnetId: string,
  location: string,
  serviceCidr: string | null | undefined,
): void => {
  const { resources } = request.world;
  const subnet = resources.get(subnetId);
  if (!subnet || !request.may(JOIN, subnetId)) {
    // Text: microsoft/planetary-computer-hub pull request 25, of another linked resource.
    throw new HttpError(
      403,
      'LinkedAuthorizationFailed',
      `The client '${request.claims.appid}' with object id '${request.claims.oid}' has permission to perform action 'Microsoft.ContainerService/managedClusters/write' on scope '${request.path}'; however, it does not have permission to perform action '${JOIN}' on the linked scope(s) '${subnetId}' or the linked scope(s) are invalid.`,
      { shape: 'standard' },
    );
  }
  const network = resources.get(subnetId.replace(/\/subnets\/[^/]+$/i, ''));
  if (network?.location !== location) {
    // Code and text: unverified.
    throw invalidParameter(
      'agentPoolProfile.vnetSubnetID',
      `The subnet is in ${network?.location}, not in ${location}`,
    );
  }
  const services = serviceCidr || DEFAULT_SERVICE_CIDR;
  const nodes = textAt(subnet.properties, 'addressPrefix') ?? '';
  if (!overlap(services, nodes)) return;
  // Azure/azure-cli issue 20810.
  throw new HttpError(
    400,
    'ServiceCidrOverlapExistingSubnetsCidr',
    `The specified service CIDR ${services} is conflicted with an existing subnet CIDR ${nodes}`,
    { target: 'networkProfile.serviceCIDR' },
  );
};

const overlap = (one: string, other: string): boolean => covers(one, other) || covers(other, one);

const covers = (range: string, other: string): boolean => {
  const [address = '', bits = ''] = range.split('/');
  const list = new BlockList();
  list.addSubnet(address, Number(bits));
  return list.check(other.split('/')[0] ?? '');
};
