import {
  branchInstanceId,
  callbackInstanceId,
  deploymentInstanceId,
  expiryInstanceId,
  undoInstanceId,
} from '../../src/deployment/names/instance-ids.ts';
import { branchSteps } from '../../src/steps/graph.ts';
import { Receiver } from './receiver.ts';
import { writeRecording } from './recorded-history.ts';
import { TestWorld } from './world.ts';

/*
 * Records the histories that test/app/replay.test.ts replays against the orchestrators of today:
 *
 *     npm run build && node test/support/record-histories.ts 0.1.0
 *
 * Done once for each release; a recording is never made again, since older deployments must finish on newer code.
 */
const [, , release] = process.argv;
if (!release) throw new Error('Name the release: node test/support/record-histories.ts 0.1.0');

const world = await TestWorld.start({ seed: 7, jitter: 0.4, durationFactor: 1 });

const record = (name: string, id: string, run: string): void => {
  const ids = [
    deploymentInstanceId(id),
    callbackInstanceId(id, run),
    expiryInstanceId(id, run),
    undoInstanceId(id),
    ...branchSteps().map(({ name: branch }) => branchInstanceId(id, run, branch)),
  ];
  const { hub } = world.host;
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

const succeeded = await world.deploy({});
record('succeeded', succeeded.id, succeeded.run);

await world.azure.fail(
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
);
const failed = await world.deploy({ resourceGroupName: 'failed' });
record('failed', failed.id, failed.run);

const receiver = await Receiver.start();
process.env.CALLBACK_ENCRYPTION_KEY = Buffer.alloc(32, 1).toString('base64');
process.env.CALLBACK_SIGNING_SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
process.env.CALLBACK_ALLOWED_HOSTS = receiver.host;
const letGo = world.clock.hold();
const id = 'approved';
await world.post({
  resourceGroupName: id,
  approval: { required: true },
  callbackUrl: receiver.url(),
  callbackEvents: ['awaitingApproval'],
});
const approved = world.after(60_000, () => world.post({ by: 'Ada Lovelace' }, `/api/deployments/${id}/approve`));
letGo();
await approved;
const { run } = await world.ended(id);
await world.instanceEnded(callbackInstanceId(id, run));
record('approved', id, run);
await receiver.close();

const expiring = await world.post({ resourceGroupName: 'expired', images: [], expiresAt: 'PT1H' });
const { run: expiringRun }: { readonly run: string } = JSON.parse(await expiring.text());
await world.instanceEnded(expiryInstanceId('expired', expiringRun));
record('expired', 'expired', expiringRun);
await world.close();
