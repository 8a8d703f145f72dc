import { type AzureSimulator, startAzureSimulator } from '../../local/azure-simulator/azure-simulator.ts';
import { VirtualClock } from '../../local/clock/virtual-clock.ts';
import { type Engine, openEngine, Store } from '../../local/functions-host/engine/engine.ts';
import { createFunctionsHost, type FunctionsHost } from '../../local/functions-host/functions-host.ts';
import { type HostJson, readHostJson } from '../../local/functions-host/settings/host-json.ts';
import type { LoadedApp } from '../../local/functions-host/worker/loaded-app.ts';
import { projectRoot } from '../../local/project.ts';
import { postDeployment } from '../../local/world/deployment-client.ts';
import { loadBenchApp } from '../bench-app.ts';
import type { CommitOrder, Drop } from './drop.ts';
import { collectEvidence, type Evidence } from './evidence.ts';
import { HostLife } from './host-life.ts';

const ENDED = ['Completed', 'Failed', 'Canceled', 'Terminated'] as const;

/** The tutorial's defaults. */
const BODY = {};
const SEED = 1;
/** Of real time, for what takes a second. */
const DEADLINE_MS = 60_000;

/** What one deployment came to. */
export interface Outcome {
  /** Whether the host was dropped: not when the deployment had ended before that commit. */
  readonly dropped: boolean;
  /** Up to the end, or up to the drop. */
  readonly commits: number;
  /** Of all instances, at the end. */
  readonly historyEvents: number;
  readonly evidence: Evidence;
  /** Instances that have not completed and messages that nobody took. */
  readonly leftovers: readonly string[];
}

/** One host, from its start to its end. */
interface RunningHost {
  readonly host: FunctionsHost;
  readonly life: HostLife;
}

interface Commits {
  count: number;
}

/** Host, simulator and the compiled app in this process, on one virtual clock; a host can be dropped at any commit. */
export class CrashWorld {
  readonly #clock: VirtualClock;
  readonly #simulator: AzureSimulator;
  readonly #app: LoadedApp;
  readonly #hostJson: HostJson = readHostJson(projectRoot, (name) => process.env[name]);

  private constructor(clock: VirtualClock, simulator: AzureSimulator, app: LoadedApp) {
    this.#clock = clock;
    this.#simulator = simulator;
    this.#app = app;
  }

  /** To be called once in a process: the app reads where the simulator is once. */
  static async open(): Promise<CrashWorld> {
    const clock = new VirtualClock();
    const simulator = await startAzureSimulator({ clock, seed: SEED });
    return new CrashWorld(clock, simulator, await loadBenchApp(simulator.url));
  }

  /**
   * Carries out one deployment in an Azure made anew; with a drop, a first host until then and a second one after.
   *
   * @throws when it has not ended within a minute of real time.
   */
  async deploy(order: CommitOrder, drop?: Drop): Promise<Outcome> {
    this.#simulator.reset({ seed: SEED });
    const store = new Store(':memory:');
    const commits: Commits = { count: 0 };
    const lives: HostLife[] = [];
    let running: RunningHost | undefined;
    try {
      const dropped = Promise.withResolvers<() => void>();
      const first = await this.#openHost(store, order, commits, drop, dropped.resolve);
      running = first;
      lives.push(first.life);
      let posted = false;
      const ending = postDeployment(first.host.url, BODY).then(({ id }) => {
        posted = true;
        return first.host.hub.waitFor(`d:${id}`, ENDED);
      });
      const outcome = await withDeadline(
        first,
        Promise.race([ending, dropped.promise]).catch((error: unknown) => {
          // A caller whose host was dropped gets an error for an answer.
          if (first.life.ended) return dropped.promise;
          throw error;
        }),
      );
      // The losing promise may still fail: its host is gone.
      ending.catch(() => {});
      if (typeof outcome === 'function') {
        await first.host.abandon();
        running = await this.#openHost(store, order, { count: 0 });
        lives.push(running.life);
        outcome();
      }
      return await this.#finish(running, lives, store, { dropped: typeof outcome === 'function', posted, commits });
    } finally {
      await running?.host.close();
      store.close();
    }
  }

  close(): Promise<void> {
    return this.#simulator.close();
  }

  /** @param onDrop - is given what lets the modelled time go on, which stands still from the drop on. */
  async #openHost(
    store: Store,
    order: CommitOrder,
    commits: Commits,
    drop?: Drop,
    onDrop: (release: () => void) => void = () => {},
  ): Promise<RunningHost> {
    const { http, durableTask } = this.#hostJson;
    const life = new HostLife();
    const clock = this.#clock;
    let engine: Engine | undefined;
    const dropNow = (): void => {
      onDrop(clock.hold());
      life.end();
      engine?.abandon();
    };
    const host = await createFunctionsHost({
      app: this.#app,
      clock,
      log: () => {},
      http,
      durableTask,
      openTaskHub: (worker) => {
        engine = openEngine({
          worker: life.watch(worker),
          clock,
          store,
          hubName: durableTask.hubName,
          settings: durableTask,
          commitOrder: order,
          onCommit: (when) => {
            if (when === 'before') commits.count++;
            if (drop?.commit === commits.count && drop.when === when) dropNow();
          },
        });
        return engine;
      },
    });
    return { host, life };
  }

  async #finish(
    running: RunningHost,
    lives: readonly HostLife[],
    store: Store,
    { dropped, posted, commits }: { readonly dropped: boolean; readonly posted: boolean; readonly commits: Commits },
  ): Promise<Outcome> {
    const { host } = running;
    const id = posted ? undefined : (await postDeployment(host.url, BODY)).id;
    const deploymentId = id ?? onlyDeployment(host.hub);
    await withDeadline(running, host.hub.waitFor(`d:${deploymentId}`, ENDED));
    await withDeadline(running, settled(host.hub, lives));
    return {
      dropped,
      commits: commits.count,
      historyEvents: host.hub.statistics().historyEvents,
      evidence: await collectEvidence(host.url, this.#simulator.url, deploymentId),
      leftovers: leftoversOf(host.hub, store),
    };
  }
}

const onlyDeployment = (hub: Engine): string => {
  const [deployment] = hub.list({ instanceIdPrefix: 'd:' }).instances;
  if (!deployment) throw new Error('The deployment was accepted, and is not in the task hub.');
  return deployment.instanceId.slice('d:'.length);
};

/** Resolves when nothing works any more, what is left of dropped hosts included. */
const settled = async (hub: Engine, lives: readonly HostLife[]): Promise<void> => {
  const isBusy = (): boolean => {
    const { ready, running } = hub.statistics();
    return ready + running > 0 || lives.some((life) => life.running > 0);
  };
  while (isBusy()) await new Promise((resolve) => setImmediate(resolve));
};

const leftoversOf = (hub: Engine, store: Store): string[] => [
  ...hub
    .list({ top: 1000 })
    .instances.filter(({ runtimeStatus }) => runtimeStatus !== 'Completed')
    .map(({ instanceId, runtimeStatus }) => `${instanceId} is ${runtimeStatus}`),
  ...store.messages().map(({ kind, instanceId }) => `a message (${kind}) waits for ${instanceId}`),
];

const withDeadline = async <T>({ host }: RunningHost, work: Promise<T>): Promise<T> => {
  let timeout: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timeout = setTimeout(() => {
      const open = host.hub
        .list({ top: 1000 })
        .instances.filter(({ runtimeStatus }) => runtimeStatus !== 'Completed')
        .map(({ instanceId, runtimeStatus }) => `${instanceId} ${runtimeStatus}`);
      reject(new Error(`no end within ${DEADLINE_MS / 1000} seconds: ${open.join(', ')}`));
    }, DEADLINE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timeout);
  }
};
