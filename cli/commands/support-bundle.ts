import { existsSync } from 'node:fs';
import * as z from 'zod';
import { columns } from '../../command-line/columns.ts';
import { CommandError } from '../../command-line/command-errors.ts';
import { pathFlag, switchFlag } from '../../command-line/flags.ts';
import { defineClientCommand } from '../client-command.ts';
import { connectionFlags, idArgument } from '../connection-flags.ts';
import { EXIT } from '../exit-codes.ts';
import { ApiClient } from '../service/api-client.ts';
import { openConnection } from '../service/connection.ts';
import { ask, historyRequests, type SupportEntry, supportRequests } from '../support/collect-support.ts';
import { writePrivately } from '../write-privately.ts';

/** `support-bundle`. */
export const supportBundle = defineClientCommand({
  name: 'support-bundle',
  summary: 'Gathers what support needs to know of a deployment into one text file, without secrets.',
  example: 'npm run cli -- support-bundle apache-airflow-rg',
  flags: z.object({
    ...idArgument,
    output: pathFlag('file')
      .optional()
      .meta({ argument: 'FILE', description: 'where to write it (support-<id>.json)' }),
    force: switchFlag.meta({ description: 'replace the file when there is one' }),
    'dry-run': switchFlag.meta({ description: 'say what would be in it, and write nothing' }),
    'system-key-file': pathFlag('file').optional().meta({
      argument: 'FILE',
      description: "holds the Durable Task extension's system key: adds the durable histories",
    }),
    ...connectionFlags,
  }),
  run: async ({ id, output, force, json, ...flags }, { api, terminal }) => {
    const file = output ?? pathFlag('file').parse(`support-${id}.json`);
    const isDryRun = flags['dry-run'];
    if (!isDryRun && !force && existsSync(file)) throw new CommandError(`${file} exists. --force replaces it.`);
    const hub = hubOf(api, flags['system-key-file']);
    const secrets = [api.key, hub?.key].filter((key) => key !== undefined);
    const entries: SupportEntry[] = [];
    for (const [name, request] of supportRequests(id)) entries.push(await ask(api, name, request, secrets));
    if (hub) {
      for (const [name, request] of historyRequests(id, runIn(entries)))
        entries.push(await ask(hub, name, request, secrets));
    }
    const bundle = {
      about:
        'A support bundle of Airflow on AKS: one deployment as its service shows it. Secrets were taken out; read it before you send it.',
      deployment: id,
      madeAt: new Date().toISOString(),
      service: { url: api.base, key: api.key === undefined ? 'none was sent' : 'one was sent' },
      commandLine: { node: process.version, platform: `${process.platform} ${process.arch}` },
      entries,
    };
    if (!isDryRun) writePrivately(file, `${JSON.stringify(bundle, undefined, 2)}\n`);
    const missing = entries.filter(({ status }) => status === undefined);
    const contents = entries.map(({ name, status, error, body }) => ({ name, status, error, bytes: sizeOf(body) }));
    if (json) terminal.out(JSON.stringify({ ...(!isDryRun && { file }), contents }, undefined, 2));
    else {
      for (const line of columns(entries.map(rowOf))) terminal.out(line);
      terminal.out(isDryRun ? 'Nothing was written.' : `Wrote ${file}. It is text: read it before you send it.`);
    }
    if (missing.length === 0) return EXIT.ok;
    terminal.err(`The service did not answer ${missing.length} of ${entries.length} requests; the bundle says so.`);
    return EXIT.unavailable;
  },
});

/** The management API stands beside the API, not below it. */
const hubOf = (api: ApiClient, keyFile: string | undefined): ApiClient | undefined => {
  if (keyFile === undefined) return undefined;
  const { key } = openConnection({ url: api.base, keyFile, environment: {} });
  return new ApiClient({ base: api.base.replace(/\/api$/, ''), key });
};

const runSchema = z.object({ run: z.string() });

const runIn = (entries: readonly SupportEntry[]): string | undefined =>
  runSchema.safeParse(entries.find(({ name }) => name === 'status')?.body).data?.run;

const rowOf = ({ name, status, error, body }: SupportEntry): string[] => [
  name,
  status === undefined ? 'no answer' : `HTTP ${status}`,
  error === undefined ? `${sizeOf(body)} bytes` : (error.split(/\n|: /)[0] ?? ''),
];

const sizeOf = (body: unknown): number => (body === undefined ? 0 : Buffer.byteLength(JSON.stringify(body)));
