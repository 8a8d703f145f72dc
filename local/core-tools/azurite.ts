import { setTimeout as sleep } from 'node:timers/promises';
import { assertPortFree } from '../../command-line/assert-port-free.ts';
import { CommandError } from '../../command-line/command-errors.ts';
import { makeDataFolder } from '../storage/make-data-folder.ts';
import { ProcessGroup } from './process-group.ts';

/** Fetched by npx from the npm registry when it is needed: it would be the largest dependency by far. */
export const AZURITE = 'azurite@3.37.0';
export const DEFAULT_AZURITE_PORT = 10_000;

/** Long enough for npx to fetch it. */
const READY_MS = 300_000;
const LOOK_EVERY_MS = 100;

const SERVICES = ['blob', 'queue', 'table'] as const;

/** The URLs of the storage account that every Azurite has. @param port - that of the blobs; queues and tables have the next two. */
const endpoints = (port: number): readonly { readonly service: (typeof SERVICES)[number]; readonly url: string }[] =>
  SERVICES.map((service, index) => ({ service, url: `http://127.0.0.1:${port + index}/devstoreaccount1` }));

/**
 * The value of `AzureWebJobsStorage` for an Azurite. Account and key are Azurite's own, published by Microsoft and the same everywhere: no secret
 * (https://learn.microsoft.com/azure/storage/common/storage-use-azurite#well-known-storage-account-and-key).
 */
export const azuriteConnectionString = (port: number): string => {
  if (port === DEFAULT_AZURITE_PORT) return 'UseDevelopmentStorage=true';
  const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
  const parts = endpoints(port).map(
    ({ service, url }) => `${service[0]?.toUpperCase()}${service.slice(1)}Endpoint=${url}`,
  );
  return ['DefaultEndpointsProtocol=http', 'AccountName=devstoreaccount1', `AccountKey=${key}`, ...parts].join(';');
};

/** @see ensureAzurite */
export interface AzuriteOptions {
  /** That of the blobs; queues and tables have the next two. */
  readonly port: number;
  /** Where it keeps what it stores, made if missing. */
  readonly data: string;
  /** Gets the one that is started, before it is ready, and stops it. */
  readonly onStart: (azurite: ProcessGroup) => void;
  /** Whether nobody waits for it any more. */
  readonly isCancelled: () => boolean;
}

/**
 * Sees to an Azurite on three ports of this machine.
 *
 * @returns once it answers, whether it was started; false when one was running already.
 * @throws {@link CommandError} when another program has a port, or it does not start.
 */
export const ensureAzurite = async ({ port, data, onStart, isCancelled }: AzuriteOptions): Promise<boolean> => {
  if (await answers(port)) return false;
  for (const index of SERVICES.keys()) await assertPortFree('Azurite', port + index, '--azurite-port', false);
  makeDataFolder(data);
  const ports = SERVICES.flatMap((service, index) => [`--${service}Port`, String(port + index)]);
  // The extension's storage SDK may be newer than Azurite, which then refuses its requests by default.
  const flags = ['--location', data, '--silent', '--disableTelemetry', '--skipApiVersionCheck'];
  const azurite = new ProcessGroup('npx', ['--yes', AZURITE, ...ports, ...flags], { output: 'kept' });
  onStart(azurite);
  const end = Date.now() + READY_MS;
  while (!isCancelled() && !(await answers(port))) {
    const ended = await Promise.race([azurite.ended.then(() => true), sleep(LOOK_EVERY_MS, false)]);
    if (!isCancelled() && (ended || Date.now() > end)) {
      throw new CommandError(`Azurite did not start (npx --yes ${AZURITE}):\n${azurite.lastOutput}`);
    }
  }
  return true;
};

const answers = async (port: number): Promise<boolean> => {
  const servers = endpoints(port).map(async ({ url }) => {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.headers.get('server') ?? '';
  });
  return (await Promise.allSettled(servers)).every(
    (server) => server.status === 'fulfilled' && server.value.startsWith('Azurite-'),
  );
};
