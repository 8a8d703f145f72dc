import * as z from 'zod';
import { columns } from '../../command-line/columns.ts';
import { countFlag } from '../../command-line/flags.ts';
import { defineClientCommand } from '../client-command.ts';
import { connectionFlags } from '../connection-flags.ts';
import { EXIT } from '../exit-codes.ts';
import { readList } from '../service/read-list.ts';

/** `list`. */
export const list = defineClientCommand({
  name: 'list',
  summary: 'Lists the deployments, newest first.',
  example: 'npm run cli -- list --status Failed --created-after 2026-11-01',
  flags: z.object({
    status: z.string().optional().meta({ argument: 'STATUS', description: 'only those with this status' }),
    'correlation-id': z.string().optional().meta({ argument: 'ID', description: 'only those of this correlation id' }),
    'created-after': z
      .string()
      .optional()
      .meta({ argument: 'TIME', description: 'only those created after this instant or day (ISO 8601)' }),
    'created-before': z.string().optional().meta({ argument: 'TIME', description: 'only those created before it' }),
    top: countFlag.default(50).meta({ argument: 'N', description: 'at most so many (50)' }),
    ...connectionFlags,
  }),
  run: async ({ status, top, json, ...flags }, { api, terminal }) => {
    const { deployments, more } = await readList(api, top, {
      status,
      correlationId: flags['correlation-id'],
      createdAfter: flags['created-after'],
      createdBefore: flags['created-before'],
    });
    if (json) {
      terminal.out(JSON.stringify({ deployments, more }, undefined, 2));
      return EXIT.ok;
    }
    const rows = deployments.map((item) => [
      item.id,
      item.status,
      item.createdAt,
      item.resourceGroupName ?? '',
      item.location ?? '',
      item.correlationId ?? '',
    ]);
    if (rows.length === 0) terminal.err('There are none.');
    else for (const line of columns([HEADINGS, ...rows])) terminal.out(line);
    if (more) terminal.err(`There are more: --top ${top * 2} shows them.`);
    return EXIT.ok;
  },
});

const HEADINGS = ['ID', 'STATUS', 'CREATED', 'RESOURCE GROUP', 'LOCATION', 'CORRELATION ID'];
