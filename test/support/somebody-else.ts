import { createHttpHeaders, createPipelineRequest, type HttpMethods } from '@azure/core-rest-pipeline';
import { SIMULATED_IDENTITY_HEADER } from '../../local/azure-simulator/base/identities.ts';
import { simulatorHttpClient } from '../../src/azure/simulator.ts';
import { SOMEBODY_ELSE } from './asked-actions.ts';
import type { StandIns } from './stand-ins.ts';

/** Resource Manager's tokens are for its own host, a vault's for the suffix of all vaults. */
const audienceOf = (url: string): string => {
  const { hostname, origin } = new URL(url);
  return hostname.startsWith('management.') ? origin : `https://${hostname.replace(/^[^.]+\./, '')}`;
};

/** What somebody else than the service asks of Azure, at Resource Manager or at a vault. */
export const somebodyElse = async (
  { simulator }: StandIns,
  method: HttpMethods,
  url: string,
  body?: object,
): Promise<{ readonly status: number; readonly text: string }> => {
  const answer = await fetch(`${simulator.url}/msi/token?api-version=2019-08-01&resource=${audienceOf(url)}`, {
    headers: { 'X-IDENTITY-HEADER': SIMULATED_IDENTITY_HEADER },
  });
  const { access_token: token }: { access_token: string } = JSON.parse(await answer.text());
  const request = createPipelineRequest({
    url,
    method,
    headers: createHttpHeaders({
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'user-agent': SOMEBODY_ELSE,
    }),
    ...(body && { body: JSON.stringify(body) }),
  });
  const { status, bodyAsText } = await simulatorHttpClient(new URL(simulator.url)).sendRequest(request);
  return { status, text: bodyAsText ?? '' };
};
