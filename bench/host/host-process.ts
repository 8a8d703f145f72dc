/**
 * The process that {@link MeasuredHost} measures: a host of the bench app on the real clock, its task hub in a file, as `npm run host` starts it.
 * Argument: the folder for the data.
 */
import { join } from 'node:path';
import { ScaledClock } from '../../local/clock/scaled-clock.ts';
import type { Log } from '../../local/functions-host/functions-host.ts';
import { recordedPayloads } from '../../local/functions-host/recorded-payloads.ts';
import { inProject } from '../../local/project.ts';
import { startHost } from '../../local/world/start-host.ts';
import { type ChildRequest, type Memory, readySchema, requestSchema, type Work } from './child-messages.ts';
import { replayBySdk } from './sdk-replay.ts';
import { cpuTime, type TimedWorker, timedWorker } from './timed-worker.ts';

const MEBIBYTE = 1024 * 1024;

const log: Log = (level, category, message) => {
  if (level === 'warning' || level === 'error' || level === 'critical') console.error(category, message);
};
let worker: TimedWorker | undefined;
const host = await startHost({
  app: inProject('bench', 'host', 'app'),
  clock: ScaledClock.real(),
  log,
  store: join(process.argv[2] ?? '', 'hub.sqlite'),
  watch: (plain) => {
    worker = timedWorker(plain);
    return worker;
  },
});

const look = () => ({
  wall: performance.now(),
  cpu: cpuTime(),
  sdk: worker?.orchestratorMs ?? 0,
  ...host.hub.statistics(),
});
let mark = look();

const ended = async (ids: readonly string[]): Promise<Work> => {
  const states = await Promise.all(ids.map((id) => host.hub.waitFor(id, ['Completed', 'Failed'])));
  const now = { wall: performance.now(), cpu: cpuTime(), sdk: worker?.orchestratorMs ?? 0 };
  const failed = states.find(({ runtimeStatus }) => runtimeStatus === 'Failed');
  if (failed) throw new Error(`${failed.instanceId} failed: ${failed.output}`);
  const { episodes, historyEvents } = host.hub.statistics();
  return {
    wallMs: now.wall - mark.wall,
    cpuMs: now.cpu - mark.cpu,
    sdkMs: now.sdk - mark.sdk,
    episodes: episodes - mark.episodes,
    events: historyEvents - mark.historyEvents,
  };
};

const replay = async (id: string): Promise<{ cpuMs: number }> => {
  const instance = host.hub.get(id);
  if (!instance) throw new Error(`There is no instance ${id}.`);
  return { cpuMs: await replayBySdk(host.app, instance.name, recordedPayloads(instance, host.hub.history(id))) };
};

const memory = (): Memory => {
  const { rss, heapUsed } = process.memoryUsage();
  return {
    rss: rss / MEBIBYTE,
    peakRss: process.resourceUsage().maxRSS / 1024,
    heapUsed: heapUsed / MEBIBYTE,
  };
};

const answer = async (request: ChildRequest): Promise<object> => {
  switch (request.ask) {
    case 'mark':
      mark = look();
      return {};
    case 'ended':
      return await ended(request.ids);
    case 'replay':
      return await replay(request.id);
    case 'memory':
      return memory();
    case 'close':
      await host.close();
      return {};
  }
};

process.on('message', async (message) => {
  const request = requestSchema.parse(message);
  process.send?.(await answer(request));
  if (request.ask === 'close') process.disconnect();
});
// A parent that is gone asks nothing more.
process.on('disconnect', () => process.exit(0));
process.send?.(readySchema.parse({ url: host.url }));
