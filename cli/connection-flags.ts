import * as z from 'zod';
import { pathFlag, switchFlag } from '../command-line/flags.ts';

/** The flags that every command takes. */
export const connectionFlags = {
  url: z.string().optional().meta({
    argument: 'URL',
    description: 'the service (AIRFLOW_ON_AKS_URL, else http://localhost:7071/api)',
  }),
  'key-file': pathFlag('file').optional().meta({
    argument: 'FILE',
    description: 'holds the function key (else the key is AIRFLOW_ON_AKS_KEY)',
  }),
  'token-file': pathFlag('file').optional().meta({
    argument: 'FILE',
    description: 'holds an Entra access token (else it is AIRFLOW_ON_AKS_TOKEN)',
  }),
  json: switchFlag.meta({ description: 'answer in JSON' }),
};

/** The deployment that a command is about. */
export const idArgument = {
  id: z
    .string()
    .regex(/^[a-z0-9-]{1,64}$/, { error: 'must be 1 to 64 lower-case letters, digits or "-"' })
    .meta({ argument: 'ID', description: "the deployment's id", positional: true }),
};
