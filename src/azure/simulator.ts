import type { AccessToken, TokenCredential } from '@azure/core-auth';
import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineRequest,
  type HttpClient,
  type PipelineRequest,
} from '@azure/core-rest-pipeline';
import { z } from 'zod';
import { AzureOperationError } from './failures/azure-failure.ts';
import { readSettings } from './settings/settings.ts';

/**
 * The simulator's base URL when AZURE_SIMULATOR_URL names one.
 *
 * @throws Error for a URL that is not loopback: a simulator elsewhere would learn what only Azure may know.
 */
export const simulatorUrl = (): URL | undefined => {
  const { AZURE_SIMULATOR_URL: text } = readSettings();
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' && isLoopback(url.hostname)) return url;
  throw new Error(
    `AZURE_SIMULATOR_URL is "${text}"; it must be an http URL of this machine, such as http://127.0.0.1:7072. Remove the setting to work with Azure.`,
  );
};

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);

/**
 * Sends every request to the simulator instead of the host that it names. It takes the place of the transport, below all policies, because the SDKs
 * refuse to send bearer tokens over http. Three traps are avoided:
 * - `Host` keeps the original name, from which the simulator builds its operation URLs;
 * - the response carries the original request object: with a copy, the older generation of clients returns raw bodies and takes a 403 for success;
 * - `agent`, `proxySettings` and `tlsSettings` are left behind, or `HTTPS_PROXY` would get the traffic.
 */
export const simulatorHttpClient = (simulator: URL): HttpClient => {
  const transport = createDefaultHttpClient();
  return {
    async sendRequest(request) {
      const response = await transport.sendRequest(toLoopback(request, simulator));
      return { ...response, request };
    },
  };
};

const toLoopback = (request: PipelineRequest, simulator: URL): PipelineRequest => {
  const original = new URL(request.url);
  const headers = createHttpHeaders(request.headers.toJSON({ preserveCase: true }));
  headers.set('Host', original.host);
  return createPipelineRequest({
    url: `${simulator.origin}${original.pathname}${original.search}`,
    method: request.method,
    headers,
    timeout: request.timeout,
    requestId: request.requestId,
    allowInsecureConnection: true,
    ...(request.body !== undefined && { body: request.body }),
    ...(request.abortSignal !== undefined && { abortSignal: request.abortSignal }),
    ...(request.streamResponseStatusCodes && { streamResponseStatusCodes: request.streamResponseStatusCodes }),
  });
};

const tokenSchema = z.object({ access_token: z.string(), expires_on: z.coerce.number() });

/**
 * The identity of the app in simulator mode: tokens that the simulator issues, by the protocol of App Service's managed identity endpoint. A real
 * credential is never asked, so that none can reach the simulator.
 */
export class SimulatorCredential implements TokenCredential {
  readonly #simulator: URL;

  constructor(simulator: URL) {
    this.#simulator = simulator;
  }

  async getToken(scopes: string | string[]): Promise<AccessToken> {
    const url = new URL('/msi/token?api-version=2019-08-01', this.#simulator);
    url.searchParams.set(
      'resource',
      [scopes]
        .flat()
        .join(' ')
        .replace(/\/\.default$/, ''),
    );
    let response: Response;
    try {
      response = await fetch(url, {
        headers: { 'X-IDENTITY-HEADER': 'simulator' },
        signal: AbortSignal.timeout(30_000),
      });
    } catch (error) {
      throw new Error(
        `The Azure simulator at ${this.#simulator.origin} does not answer. Start it with "npm run simulator", or remove AZURE_SIMULATOR_URL.`,
        { cause: error },
      );
    }
    if (!response.ok) {
      const message = `The Azure simulator gave no token for ${url.searchParams.get('resource')} (HTTP ${response.status}): it is one cloud of Azure, which AZURE_CLOUD must name.`;
      throw new AzureOperationError({ code: 'CredentialUnavailable', message });
    }
    const { access_token, expires_on } = tokenSchema.parse(await response.json());
    return { token: access_token, expiresOnTimestamp: expires_on * 1000 };
  }
}
