import { POLICY_COVERAGE } from '../../../local/azure-simulator/providers/policy-insights/coverage.ts';
import { type Refusal, testRefusals } from './refusals.ts';
import { G, good, S, url, VERSIONS } from './requests.ts';

const CHECK = `providers/Microsoft.PolicyInsights/checkPolicyRestrictions?${VERSIONS.policies}`;
const invalid = { status: 400, code: 'InvalidRequestContent' };
const body = { resourceDetails: { resourceContent: { type: 'Microsoft.KeyVault/vaults' } } };

const REFUSALS: Refusal[] = [
  ...[S, G].flatMap((scope): Refusal[] => {
    const check = { method: 'POST', url: `${scope}/${CHECK}` };
    return [
      { wrong: 'no body', ...check, ...invalid },
      { wrong: 'a list', ...check, body: [], ...invalid },
      { wrong: 'no resource', ...check, body: {}, ...invalid, says: 'resourceDetails' },
      { wrong: 'a resource without content', ...check, body: { resourceDetails: {} }, ...invalid },
      { wrong: 'content of the wrong type', ...check, body: { resourceDetails: { resourceContent: [] } }, ...invalid },
      { wrong: 'a flag of the wrong type', ...check, body: { ...body, includeAuditEffect: 'yes' }, ...invalid },
      {
        wrong: 'plain text',
        ...check,
        body,
        headers: { 'content-type': 'text/plain' },
        status: 415,
        code: 'UnsupportedMediaType',
      },
      {
        wrong: 'a caller whose roles are for something else',
        ...check,
        body,
        given: (azure) => azure.control('POST', 'caller', { roles: ['AcrPull'] }),
        status: 403,
        code: 'AuthorizationFailed',
      },
      {
        wrong: 'an unknown api-version',
        ...check,
        url: check.url.replace(/=.*/, '=2001-01-01'),
        body,
        status: 400,
        code: 'NoRegisteredProviderFound',
      },
      { wrong: 'another method', ...check, method: 'GET', status: 405, code: 'MethodNotAllowed' },
    ];
  }),
  {
    wrong: 'a group that is not there',
    method: 'POST',
    url: `${S}/resourceGroups/none/${CHECK}`,
    body,
    status: 404,
    code: 'ResourceGroupNotFound',
  },
];

testRefusals(POLICY_COVERAGE, (azure) => azure.send('PUT', url.group(), good.group), REFUSALS);
