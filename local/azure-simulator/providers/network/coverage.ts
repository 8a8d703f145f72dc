import { declareService } from '../../http/service-declaration.ts';
import { NETWORK_PATH } from './virtual-networks.ts';

/** Virtual networks, for clusters in a subnet that exists. */
export const NETWORK_COVERAGE = declareService({
  title: 'Virtual networks',
  namespace: 'Microsoft.Network',
  about: 'Networks with their subnets, which a cluster’s nodes can be put into.',
  shape: 'standard',
  errors: {},
  operations: [
    { route: `PUT ${NETWORK_PATH}`, does: 'creates or updates a network with all its subnets' },
    { route: `GET ${NETWORK_PATH}`, does: 'reads a network with its subnets' },
  ],
  differences: [
    'A PUT is done when it is answered. Subnets are written and read with their network only, and no address range is checked.',
    'Everything else of a network is missing.',
  ],
});
