import { type Engine, Store } from '../../local/functions-host/functions-host.ts';
import { postDeployment } from '../../local/world/deployment-client.ts';
import { ENDED, World } from '../../local/world/world.ts';
import type { CommitOrder, Drop } from './drop.ts';
import { collectEvidence, type Evidence } from './evidence.ts';
import { HostLife } from './host-life.ts';

/** The tutorial's defaults. */
const BODY = {};
/** Of real time, for what takes a second. */
const DEADLINE_SECONDS = 60;

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

/** One deployment: its store, the hosts that had it, and how often the first of them committed. */
interface Run {
  readonly order: CommitOrder;
  readonly store: Store;
  readonly lives: HostLife[];
  commits: number;
  posted: boolean;
}

/** A world whose host can be dropped at any commit. */
export class CrashWorld extends World {
  static override async open(): Promise<CrashWorld> {
    const world = new CrashWorld({ deadlineSeconds: DEADLINE_SECONDS });
    await world.startAzure();
    return world;
  }

  /**
   * Carries out one deployment in an Azure made anew; with a drop, a first host until then and a second one after.
   *
   * @throws when it has not ended within a minute of real time.
   */
  async deployWithDrop(order: CommitOrder, drop?: Drop): Promise<Outcome> {
    this.azure.reset();
    const run: Run = { order, store: new Store(':memory:'), lives: [], commits: 0, posted: false };
    try {
      const release = await this.withinDeadline('The deployment', this.#deployUntilDrop(run, drop));
      if (release) {
        await this.host.abandon();
        await this.#startHost(run);
        release();
      }
      return await this.#finish(run, release !== undefined);
    } finally {
      await this.host.close();
      run.store.close();
    }
  }

  /** @returns what lets the modelled time go on, which stands still from the drop on; undefined when the deployment ended before. */
  async #deployUntilDrop(run: Run, drop: Drop | undefined): Promise<(() => void) | undefined> {
    const dropped = Promise.withResolvers<() => void>();
    const { url, hub } = await this.#startHost(run, (life, when) => {
      if (when === 'before') run.commits++;
      if (drop?.commit !== run.commits || drop.when !== when) return;
      dropped.resolve(this.clock.hold());
      life.end();
      this.host.hub.abandon();
    });
    const [life] = run.lives;
    const ending = postDeployment(url, BODY).then(async ({ id }) => {
      run.posted = true;
      await hub.waitFor(`d:${id}`, ENDED);
      return undefined;
    });
    // The losing promise may still fail: its host is gone.
    ending.catch(() => {});
    return Promise.race([ending, dropped.promise]).catch((error: unknown) => {
      // A caller whose host was dropped gets an error for an answer.
      if (life?.ended) return dropped.promise;
      throw error;
    });
  }

  #startHost({ order, store, lives }: Run, onCommit?: (life: HostLife, when: 'before' | 'after') => void) {
    const life = new HostLife();
    lives.push(life);
    return this.startHost({
      store,
      watch: (worker) => life.watch(worker),
      engine: { commitOrder: order, onCommit: (when) => onCommit?.(life, when) },
    });
  }

  async #finish({ store, lives, commits, posted }: Run, dropped: boolean): Promise<Outcome> {
    const { hub, url } = this.host;
    const id = posted ? onlyDeployment(hub) : (await postDeployment(url, BODY)).id;
    await this.instanceEnded(`d:${id}`);
    await this.withinDeadline('What is left of the deployment', settled(hub, lives));
    return {
      dropped,
      commits,
      historyEvents: hub.statistics().historyEvents,
      evidence: await collectEvidence(url, this.azure.url, id),
      leftovers: [
        ...this.openInstances,
        ...store.messages().map(({ kind, instanceId }) => `a message (${kind}) waits for ${instanceId}`),
      ],
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
