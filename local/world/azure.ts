import * as z from 'zod';
import {
  type CallerRoles,
  type CloudName,
  type FaultInput,
  type ImageChanges,
  type SettingsChange,
  SIMULATED_IDENTITY_HEADER,
  SIMULATED_OPERATOR_CLIENT_ID,
  SIMULATED_OPERATOR_SECRET,
  SIMULATED_TENANT_ID,
  type TokenWish,
} from '../azure-simulator/azure-simulator.ts';
import { type Cloud, cloudNamed } from '../azure-simulator/base/clouds.ts';
import { type RawAnswer, sendRaw } from './send-raw.ts';

/** The User-Agent that distinguishes the requests of somebody else from the app's own, whose identity they borrow. */
export const SOMEBODY_ELSE = 'somebody-else';

const faultsSchema = z.object({ faults: z.array(z.object({ nth: z.number(), matched: z.number() })) });
const tokenSchema = z.object({ access_token: z.string() });

/** A simulated Azure, in this process or in another one: the words for what exists in it, what goes wrong, and what others do. */
export class Azure {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly cloud: CloudName;
  readonly #hosts: Cloud;

  constructor(url: string, cloud: CloudName = 'AzureCloud') {
    this.url = url;
    this.cloud = cloud;
    this.#hosts = cloudNamed(cloud);
  }

  /** Makes requests go wrong from now on. */
  async fail(...faults: readonly FaultInput[]): Promise<void> {
    await this.control('POST', 'faults', faults);
  }

  /** Whether everything that was to go wrong has gone wrong. */
  async hasFailed(): Promise<boolean> {
    const { faults } = await this.read('faults', faultsSchema);
    return faults.every(({ nth, matched }) => matched >= nth);
  }

  /** Ends what goes wrong; what it held goes on. */
  async heal(): Promise<void> {
    await this.control('DELETE', 'faults');
  }

  /** Gives the app's identity these roles in place of all it had. */
  async giveRoles(roles: CallerRoles['roles'], scope?: string): Promise<void> {
    await this.control('POST', 'caller', { roles, scope });
  }

  /** Changes the quota, the policies, the subscriptions and what else the simulator has settings for. */
  async change(settings: SettingsChange): Promise<void> {
    await this.control('POST', 'settings', settings);
  }

  /** Changes what public registries hold, and who may pull it. */
  async changeImages(changes: ImageChanges): Promise<void> {
    await this.control('POST', 'images', changes);
  }

  /** Returns a token for the service's own API, of the simulated tenant. */
  async tokenFor(wish: TokenWish = {}): Promise<string> {
    return tokenSchema.parse(await this.control('POST', 'tokens', wish)).access_token;
  }

  /** What somebody else than the service does, at Resource Manager or a data plane. @param url - a path is one of Resource Manager. */
  async somebodyElse(method: string, url: string, body?: object): Promise<RawAnswer> {
    const target = this.#target(url);
    const token = await this.identityToken(audienceOf(target));
    return this.send(method, target, token, body, { 'user-agent': SOMEBODY_ELSE });
  }

  /** What the owner of the subscription does. @throws when Azure refuses it. */
  async owner(method: string, path: string, body?: object): Promise<void> {
    const target = this.#target(path);
    const { status, text } = await this.send(method, target, await this.#ownerToken(target.origin), body);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  }

  /** Sends a request to any host of Azure. */
  send(
    method: string,
    { host, pathname, search }: URL,
    token: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<RawAnswer> {
    const all = { host, authorization: `Bearer ${token}`, ...headers };
    return sendRaw(this.url, method, `${pathname}${search}`, all, body);
  }

  /** Returns a token of the app's own identity. */
  async identityToken(resource: string): Promise<string> {
    const query = new URLSearchParams({ resource, 'api-version': '2019-08-01' });
    const headers = { 'X-IDENTITY-HEADER': SIMULATED_IDENTITY_HEADER };
    const response = await fetch(`${this.url}/msi/token?${query}`, { headers });
    return tokenSchema.parse(await response.json()).access_token;
  }

  async #ownerToken(audience: string): Promise<string> {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: SIMULATED_OPERATOR_CLIENT_ID,
      client_secret: SIMULATED_OPERATOR_SECRET,
      scope: `${audience}/.default`,
    });
    const headers = { host: this.#hosts.authority, 'content-type': 'application/x-www-form-urlencoded' };
    const { body } = await sendRaw(this.url, 'POST', `/${SIMULATED_TENANT_ID}/oauth2/v2.0/token`, headers, `${form}`);
    return tokenSchema.parse(body).access_token;
  }

  #target(url: string): URL {
    return new URL(url, `https://${this.#hosts.resourceManager}`);
  }

  /** Reads what the simulator keeps: `resources`, `requests`, `operations`, … */
  async read<T>(name: string, schema: z.ZodType<T>): Promise<T> {
    return schema.parse(await this.control('GET', name));
  }

  /** Calls the simulator's control API. @throws with its words when it refuses. */
  async control(method: string, name: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.url}/_simulator/${name}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${name}: ${response.status} ${text}`);
    return JSON.parse(text);
  }
}

/** Resource Manager's tokens are for its own host, a vault's for the suffix of all vaults. */
const audienceOf = ({ hostname, origin }: URL): string =>
  hostname.startsWith('management.') ? origin : `https://${hostname.replace(/^[^.]+\./, '')}`;
