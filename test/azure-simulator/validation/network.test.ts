import { NETWORK_COVERAGE } from '../../../local/azure-simulator/providers/network/coverage.ts';
import { testRefusals } from './refusals.ts';
import { good, url } from './requests.ts';

const invalid = { status: 400, code: 'InvalidRequestContent' };
const put = { method: 'PUT', url: url.network('new') };

testRefusals(NETWORK_COVERAGE, (azure) => azure.send('PUT', url.group(), good.group), [
  { wrong: 'no body', ...put, ...invalid },
  { wrong: 'no address space', ...put, body: { ...good.network, properties: {} }, ...invalid },
  {
    wrong: 'a subnet without its addresses',
    ...put,
    body: { ...good.network, properties: { ...good.network.properties, subnets: [{ name: 'a', properties: {} }] } },
    ...invalid,
  },
  { wrong: 'a network that is not there', ...put, method: 'GET', status: 404, code: 'ResourceNotFound' },
]);
