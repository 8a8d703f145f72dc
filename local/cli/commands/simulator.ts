import { join } from 'node:path';
import * as z from 'zod';
import { assertPortFree } from '../../../command-line/assert-port-free.ts';
import { defineCommand } from '../../../command-line/command.ts';
import { UsageError } from '../../../command-line/command-errors.ts';
import { displayed } from '../../../command-line/displayed.ts';
import { pathFlag } from '../../../command-line/flags.ts';
import { SIMULATED_SUBSCRIPTION_ID } from '../../azure-simulator/base/identities.ts';
import { openStoredClock } from '../../clock/stored-clock.ts';
import { cloudFlag, keptSpeedFlag, portFlag, seedFlag, throttlingFlag } from '../../emulator-flags.ts';
import { inProject } from '../../project.ts';
import { holdDirectory } from '../../world/data-directory.ts';
import { announceProxy } from '../services/announce-proxy.ts';
import { runService } from '../services/service.ts';

/** `npm run simulator`. */
export const simulator = defineCommand({
  name: 'simulator',
  summary: 'Runs the Azure simulator alone, on 127.0.0.1. The app uses it when AZURE_SIMULATOR_URL names it.',
  flags: z.object({
    port: portFlag.default(7072).meta({ argument: 'PORT', description: 'the port (7072); 0 for any free one' }),
    data: pathFlag('folder')
      .default(inProject('.data', 'simulator'))
      .meta({ argument: 'DIR', description: 'where the simulated Azure is kept, made if missing (.data/simulator)' }),
    speed: keptSpeedFlag,
    seed: seedFlag
      .optional()
      .meta({ argument: 'N', description: 'what durations, ids and keys are a function of (as before, else 1)' }),
    cloud: cloudFlag
      .optional()
      .meta({ argument: 'NAME', description: "one of Azure's clouds (as before with this data, else AzureCloud)" }),
    throttling: throttlingFlag,
    proxy: portFlag.optional().meta({
      argument: 'PORT',
      description: 'opens a proxy for the Azure CLI too, on this port; 0 for any free one',
    }),
    ca: pathFlag('file').optional().meta({
      argument: 'FILE',
      description: "where the proxy's CA certificate is written (simulator-ca.pem with the data)",
    }),
  }),
  run: async ({ port, data, speed, seed, cloud, throttling, proxy, ca }) => {
    if (ca !== undefined && proxy === undefined) {
      throw new UsageError("--ca names the file for the proxy's CA certificate: add --proxy PORT.");
    }
    return runService('The Azure simulator', async () => {
      await assertPortFree('The Azure simulator', port);
      if (proxy !== undefined) await assertPortFree("The Azure simulator's proxy", proxy, '--proxy');
      holdDirectory(data);
      const { startAzureSimulator } = await import('../../azure-simulator/azure-simulator.ts');
      const service = await startAzureSimulator({
        port,
        clock: openStoredClock(data, speed),
        seed,
        dataDirectory: data,
        cloud,
        throttling: throttling === 'on',
        proxyPort: proxy,
        log: (line) => console.log(displayed(line)),
      });
      if (process.send === undefined) {
        console.log(
          `To use it: AZURE_SIMULATOR_URL=${service.url} AZURE_SUBSCRIPTION_ID=${SIMULATED_SUBSCRIPTION_ID}${service.cloud === 'AzureCloud' ? '' : ` AZURE_CLOUD=${service.cloud}`} npm run host`,
        );
      }
      if (service.proxy) {
        const { url: proxyUrl, certificate } = service.proxy;
        const caFile = ca ?? join(data, 'simulator-ca.pem');
        try {
          await announceProxy(certificate, {
            simulatorUrl: service.url,
            proxyUrl,
            caFile,
            directory: data,
            cloud: service.cloud,
          });
        } catch (error) {
          await service.close();
          throw error;
        }
      }
      return service;
    });
  },
});
