import { COMPUTE_COVERAGE } from '../../../local/azure-simulator/providers/compute/coverage.ts';
import { LOCATION } from '../fixture.ts';
import { type Refusal, testRefusals } from './refusals.ts';
import { S, VERSIONS } from './requests.ts';

const PROVIDER = `${S}/providers/Microsoft.Compute`;
const usagesIn = (location: string) => `${PROVIDER}/locations/${location}/usages?${VERSIONS.usages}`;

const OPERATIONS = [
  { method: 'GET', url: `${PROVIDER}/skus?${VERSIONS.skus}` },
  { method: 'GET', url: usagesIn(LOCATION) },
];

const REFUSALS: Refusal[] = [
  ...OPERATIONS.flatMap((operation): Refusal[] => [
    {
      wrong: 'a caller whose roles are for something else',
      ...operation,
      given: (azure) => azure.control('POST', 'caller', { roles: ['AcrPull'] }),
      status: 403,
      code: 'AuthorizationFailed',
      says: "'Microsoft.Compute/",
    },
    {
      wrong: 'an unknown api-version',
      ...operation,
      url: operation.url.replace(/=.*/, '=2001-01-01'),
      status: 400,
      code: 'NoRegisteredProviderFound',
    },
    { wrong: 'another method', ...operation, method: 'PUT', body: {}, status: 405, code: 'MethodNotAllowed' },
  ]),
  {
    wrong: 'a location that there is not',
    method: 'GET',
    url: usagesIn('atlantis'),
    status: 400,
    code: 'NoRegisteredProviderFound',
    says: "No registered resource provider found for location 'atlantis' and API version '2024-07-01' for type 'locations/usages'.",
  },
];

testRefusals(COMPUTE_COVERAGE, async () => {}, REFUSALS);
