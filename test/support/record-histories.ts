import { branchInstanceId, branchNames, deploymentInstanceId } from '../../src/deployment/instance-ids.ts';
import { writeRecording } from './recorded-history.ts';
import { StandIns } from './stand-ins.ts';

/*
 * Records the histories that test/app/replay.test.ts replays against the orchestrators of today:
 *
 *     npm run build && node test/support/record-histories.ts 0.1.0
 *
 * Done once for each release; a recording is never made again, since older deployments must finish on newer code.
 */
const [, , release] = process.argv;
if (!release) throw new Error('Name the release: node test/support/record-histories.ts 0.1.0');

const standIns = await StandIns.start({ seed: 7, jitter: 0.4 });

const record = (name: string, id: string, run: string): void => {
  const ids = [deploymentInstanceId(id), ...branchNames.map((branch) => branchInstanceId(id, run, branch))];
  const { hub } = standIns.host;
  const instances = ids.flatMap((instanceId) => {
    const instance = hub.get(instanceId);
    if (!instance) return [];
    const parentInstanceId = instanceId.startsWith('s:') ? deploymentInstanceId(id) : null;
    const { executionId, input } = instance;
    const history = [...hub.history(instanceId)];
    return [{ name: instance.name, instanceId, executionId, parentInstanceId, input, history }];
  });
  writeRecording(`${release}-${name}.json`, instances);
};

const succeeded = await standIns.deploy({});
record('succeeded', succeeded.id, succeeded.run);

await standIns.control('faults', [
  {
    method: 'PUT',
    path: '/vaults/',
    action: { answer: { status: 500, code: 'InternalServerError', message: 'oops' } },
  },
  {
    method: 'PUT',
    path: '/managedClusters/',
    action: {
      answer: {
        status: 400,
        body: { code: 'AvailabilityZoneNotSupported', message: "The zone(s) '3' are not supported." },
      },
    },
  },
]);
const failed = await standIns.deploy({ resourceGroupName: 'failed' });
record('failed', failed.id, failed.run);
await standIns.close();
