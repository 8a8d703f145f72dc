import * as z from 'zod';
import { assertPortFree } from '../../../command-line/assert-port-free.ts';
import { defineCommand } from '../../../command-line/command.ts';
import { pathFlag, switchFlag } from '../../../command-line/flags.ts';
import type { CommandContext } from '../../../command-line/program.ts';
import { buildApp } from '../../build/build-app.ts';
import { allowHostFlag, newCloudFlag, portFlag, speedFlagOf } from '../../emulator-flags.ts';
import { inProject, projectRoot } from '../../project.ts';
import { Processes } from '../../world/processes.ts';
import { callbackKeys } from '../services/callback-keys.ts';
import { entraSettings } from '../services/entra-settings.ts';
import { warnOfReaders } from '../services/warn-of-readers.ts';

const DEFAULT_SPEED = 60;

/** `npm start`. */
export const start = defineCommand({
  name: 'start',
  script: 'npm start',
  summary: 'Runs the app on the local Functions host, with the Azure simulator beside it, until Ctrl-C.',
  flags: z.object({
    port: portFlag.default(7071).meta({ argument: 'PORT', description: "the host's port (7071); 0 for any free one" }),
    data: pathFlag('folder')
      .default(inProject('.data'))
      .meta({ argument: 'DIR', description: 'where everything is kept, made if missing (.data)' }),
    speed: speedFlagOf(DEFAULT_SPEED),
    cloud: newCloudFlag,
    auth: switchFlag.meta({ description: 'ask for function keys, as in Azure' }),
    'allow-host': allowHostFlag,
  }),
  run: async ({ port, data, speed, cloud, auth, 'allow-host': allowedHosts }, { takeInterrupt }: CommandContext) => {
    await assertPortFree('The Functions host', port);
    await buildApp(projectRoot, console.log);
    warnOfReaders(data);
    const processes = new Processes({
      dataDirectory: data,
      speed,
      onLine: (command, line) => console.log(`${command.padEnd(9)} | ${line}`),
    });
    const interrupt = takeInterrupt(() => processes.kill());
    try {
      const azure = await processes.startAzure({ cloud });
      const settings = { ...callbackKeys(data), ...entraSettings() };
      const url = await processes.startHost({ azure, port, auth, allowedHosts, settings });
      const credential = process.env.AUTH_MODE === 'entra' ? 'token' : auth ? 'key' : 'none';
      console.log(`\n${invitation({ url, simulatorUrl: azure.url, speed, credential })}\n`);
      const ended = await Promise.race([interrupt.requested, processes.ended]);
      if (ended === undefined || interrupt.signal.aborted) {
        console.log('\nStopping…');
        return 0;
      }
      console.error(
        `\nThe ${ended.command} ended by itself; its last lines are above. What was done is kept: npm start goes on.`,
      );
      return 1;
    } catch (error) {
      if (interrupt.signal.aborted) return 0;
      throw error;
    } finally {
      await processes.stop();
    }
  },
});

interface Invitation {
  readonly url: string;
  readonly simulatorUrl: string;
  readonly speed: number;
  /** What the app asks callers for. */
  readonly credential: keyof typeof HEADERS;
}

const HEADERS = { none: '', key: ' -H "x-functions-key: $KEY"', token: ' -H "Authorization: Bearer $TOKEN"' } as const;

/** What to type next. */
const invitation = ({ url, simulatorUrl, speed, credential }: Invitation): string => {
  const header = HEADERS[credential];
  const deployment = `${url}/api/deployments/apache-airflow-rg`;
  return [
    `The app answers at ${url}, with a simulated Azure; time runs ${speed} times as fast as in reality. Ctrl-C stops it.`,
    ...(credential === 'key'
      ? [
          'Function keys are asked for; the file that the host named above holds them. First: KEY=<its functionKeys.default>',
        ]
      : []),
    ...(credential === 'token'
      ? [
          'Tokens with app roles are asked for. First:',
          `TOKEN=$(npm run -s token -- --roles Deployments.Deploy --simulator ${simulatorUrl})`,
        ]
      : []),
    '',
    '# deploy with the defaults of the tutorial',
    `curl -i${header} -X POST ${url}/api/deployments -H 'Content-Type: application/json' -d '{}'`,
    '# follow it, step by step',
    `curl -s${header} ${deployment}`,
    '# when it has Succeeded: the variables of the tutorial, and access to the cluster',
    `curl -s${header} '${deployment}/outputs?format=env'`,
    `curl -s${header} -X POST ${deployment}/kubeconfig`,
    '# all deployments',
    `curl -s${header} ${url}/api/deployments`,
  ].join('\n');
};
