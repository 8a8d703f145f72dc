import {
  SIMULATED_IDENTITY_HEADER,
  SIMULATED_OPERATOR_CLIENT_ID,
  SIMULATED_OPERATOR_OBJECT_ID,
} from '../../../local/azure-simulator/azure-simulator.ts';
import { TOKEN_ENDPOINT_COVERAGE } from '../../../local/azure-simulator/entra/coverage.ts';
import { type Refusal, testRefusals } from './refusals.ts';

const GOOD = { resource: 'https://management.azure.com', 'api-version': '2019-08-01' };
const OLD = { ...GOOD, 'api-version': '2017-09-01' };
const at = (query: Record<string, string>) => `http://127.0.0.1/msi/token?${new URLSearchParams(query)}`;

const get = { method: 'GET', headers: { 'x-identity-header': SIMULATED_IDENTITY_HEADER } };
const getOld = { method: 'GET', headers: { secret: SIMULATED_IDENTITY_HEADER } };
const bad = { status: 400, code: 'BadRequest' };
const stranger = { status: 401, code: 'Unauthorized' };

const REFUSALS: Refusal[] = [
  { wrong: 'no api-version', ...get, url: at({ resource: GOOD.resource }), ...bad, says: 'api-version' },
  { wrong: 'an unknown api-version', ...get, url: at({ ...GOOD, 'api-version': '2018-02-01' }), ...bad },
  { wrong: 'no resource', ...get, url: at({ 'api-version': GOOD['api-version'] }), ...bad, says: 'resource' },
  { wrong: 'another client', ...get, url: at({ ...GOOD, client_id: SIMULATED_OPERATOR_CLIENT_ID }), ...bad },
  { wrong: 'another client', ...getOld, url: at({ ...OLD, clientid: SIMULATED_OPERATOR_CLIENT_ID }), ...bad },
  { wrong: 'another object', ...get, url: at({ ...GOOD, object_id: SIMULATED_OPERATOR_OBJECT_ID }), ...bad },
  { wrong: 'another principal', ...get, url: at({ ...GOOD, principal_id: SIMULATED_OPERATOR_OBJECT_ID }), ...bad },
  { wrong: 'another resource', ...get, url: at({ ...GOOD, mi_res_id: '/subscriptions/other' }), ...bad },
  {
    wrong: 'a service of another cloud',
    ...get,
    url: at({ ...GOOD, resource: 'https://management.chinacloudapi.cn' }),
    status: 500,
    code: 'InternalServerError',
    says: 'AAD Token',
  },
  { wrong: 'no secret', method: 'GET', url: at(GOOD), ...stranger, says: 'X-IDENTITY-HEADER is missing' },
  {
    wrong: 'a wrong secret',
    method: 'GET',
    headers: { 'x-identity-header': 'guess' },
    url: at(GOOD),
    ...stranger,
    says: 'wrong',
  },
  { wrong: 'the secret of the other version', ...getOld, url: at(GOOD), ...stranger },
  { wrong: 'the secret of the other version', ...get, url: at(OLD), ...stranger },
  { wrong: 'another method', ...get, method: 'POST', url: at(GOOD), status: 405, code: 'MethodNotAllowed' },
];

testRefusals(TOKEN_ENDPOINT_COVERAGE, async () => {}, REFUSALS);
