import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { ScaledClock } from '../../local/clock/scaled-clock.ts';
import { type DeploymentDocument, deploymentDocumentSchema } from '../../local/world/deployment-document.ts';
import { World } from '../../local/world/world.ts';

/** An answer as far as it is judged. */
export interface Answer {
  readonly operation: Operation;
  readonly status: number;
  /** The last part of the problem's type; undefined when it is none. */
  readonly problem: string | undefined;
  readonly run: string | undefined;
}

/** A route's method and path as openapi.json names them. */
export type Operation = 'post /deployments' | 'delete /deployments/{id}' | `post /deployments/{id}/${Verb}`;

type Verb = 'approve' | 'reject' | 'cancel';

/** A request that races with another one. */
export type Act = (world: RaceWorld, id: string) => Promise<Answer>;

/** A deployment takes a second or so, and its requests to Azure some milliseconds each. */
const SPEED = 60;
const DEADLINE_MS = 60_000;
const LOOK_EVERY_MS = 50;

const answerSchema = z.looseObject({ type: z.string().optional(), run: z.string().optional() });

/** The app on both emulators, and the requests that race. */
export class RaceWorld {
  readonly world: World;

  private constructor(world: World) {
    this.world = world;
  }

  static async open(): Promise<RaceWorld> {
    // Time goes on by itself: a virtual clock would jump to the end of an approval whenever nothing works.
    const now = Date.now();
    const clock = new ScaledClock({ real: now, modelled: now, speed: SPEED });
    const world = await World.open({ clock, durationFactor: 0.2 });
    await world.startHost();
    return new RaceWorld(world);
  }

  async answer(operation: Operation, sent: Promise<Response>): Promise<Answer> {
    const response = await sent;
    const { type, run } = answerSchema.parse(JSON.parse((await response.text()) || '{}'));
    return { operation, status: response.status, problem: type?.split(':').at(-1), run };
  }

  /** Waits until a deployment has come to a state. @throws Error when it does not. */
  async until(
    id: string,
    isThere: (document: DeploymentDocument) => boolean,
    what: string,
  ): Promise<DeploymentDocument> {
    const deadline = Date.now() + DEADLINE_MS;
    while (Date.now() < deadline) {
      const response = await this.world.fetch(`/api/deployments/${id}`);
      const document = deploymentDocumentSchema.parse(JSON.parse(await response.text()));
      if (isThere(document)) return document;
      await sleep(LOOK_EVERY_MS);
    }
    throw new Error(`${id} did not come to the state ${what}.`);
  }

  /** Waits until nothing of a deployment goes on that goes on by itself. */
  settled(id: string): Promise<DeploymentDocument> {
    return this.until(id, ({ status }) => !['Pending', 'Running', 'Deleting'].includes(status), 'settled');
  }

  /** The documented statuses of each operation. */
  async documented(): Promise<ReadonlyMap<string, ReadonlySet<number>>> {
    const { paths } = contractSchema.parse(await (await this.world.fetch('/api/openapi.json')).json());
    return new Map(
      Object.entries(paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(
          ([method, { responses }]) => [`${method} ${path}`, new Set(Object.keys(responses).map(Number))] as const,
        ),
      ),
    );
  }
}

const contractSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ responses: z.record(z.string(), z.unknown()) }))),
});
