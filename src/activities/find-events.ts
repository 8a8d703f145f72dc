import type { z } from 'zod';
import { readSettings } from '../azure/settings/settings.ts';
import {
  type CallbackEvent,
  type EventsReport,
  eventKey,
  findEvents,
} from '../deployment/callbacks/callback-contracts.ts';
import { deploymentInstanceId, driftInstanceId, expiryInstanceId } from '../deployment/names/instance-ids.ts';
import { unchangedRun } from '../deployment/run/deployed.ts';
import { type DeploymentRecord, recordOf } from '../deployment/run/deployment-record.ts';
import { deploymentStatus, hasEnded } from '../deployment/run/deployment-status.ts';
import { mayExpire } from '../deployment/run/expiring-run.ts';
import type { Instance } from '../deployment/run/instance.ts';
import { outputsOfInstance } from '../deployment/run/outputs-of-instance.ts';
import { driftReportFor } from '../deployment/run/stored/stored-drift.ts';
import { expiryViewOf } from '../deployment/run/stored/stored-expiry.ts';
import { deploymentResponse } from '../status/deployment-response.ts';
import { eventsOf, eventsOfDrift, eventsOfExpiry } from '../status/events-of.ts';
import type { TaskHubActivity } from '../task-hub/activity.ts';
import { findBranches } from '../task-hub/find-branches.ts';
import { findUndo } from '../task-hub/find-undo.ts';
import { findWhatExists } from '../task-hub/find-what-exists.ts';
import type { TaskHub } from '../task-hub/task-hub.ts';

type Asked = z.infer<typeof findEvents.input>;

/** The longer it has been quiet, the later the next check: a deployment may wait a month for approval. */
const QUIET_SHARE = 0.05;
const SHORTEST_SECONDS = 5;
const LONGEST_SECONDS = 300;
/** After the end of the run only days will bring something. */
const LONGEST_AFTER_END_SECONDS = 3600;

/** For so long a run may not be there yet that a POST has announced: the longest that a function may take (host.json). */
const STARTING_SECONDS = 600;

/** Checks whether something happened in a run that its caller wants to be sent. */
export const findEventsActivity: TaskHubActivity =
  (hub) =>
  async (data): Promise<EventsReport> => {
    const asked = findEvents.input.parse(data);
    const found = await findAll(hub, asked);
    if (!found) {
      return {
        events: [],
        over: asked.quietSeconds > STARTING_SECONDS,
        requeueAfterSeconds: delayOf(asked, LONGEST_SECONDS),
      };
    }
    const { all, moreToCome } = found;
    const events = all.filter((each) => asked.events.includes(each.event) && !asked.sent.includes(eventKey(each)));
    const ended = all.some(({ event }) => event === 'ended');
    const requeueAfterSeconds = delayOf(asked, ended ? LONGEST_AFTER_END_SECONDS : LONGEST_SECONDS);
    return { events, over: ended && !moreToCome, requeueAfterSeconds };
  };

const delayOf = ({ quietSeconds }: Asked, longest: number): number =>
  Math.min(Math.max(SHORTEST_SECONDS, quietSeconds * QUIET_SHARE), longest);

interface Found {
  readonly all: readonly CallbackEvent[];
  /** Whether something may be sent after the end of the run. */
  readonly moreToCome: boolean;
}

/** All that is to be sent of a run; undefined when there is no such run. */
const findAll = async (hub: TaskHub, asked: Asked): Promise<Found | undefined> => {
  const instance = await hub.find(deploymentInstanceId(asked.deploymentId));
  if (!instance) return undefined;
  const record = recordOf(instance);
  const own =
    record.runId === asked.run ? await eventsOfLatest(hub, record, instance, asked) : eventsOfEarlier(record, asked);
  const isDeployed = record.inherited.deployed?.run === asked.run;
  if (!own && !isDeployed) return undefined;
  // Beyond its end a run has events as long as it is the latest, or left what exists.
  const later = [
    asked.events.includes('expiring') ? await findExpiry(hub, record, instance, asked) : NOTHING,
    asked.events.includes('drift') ? await findDrift(hub, record, instance, asked) : NOTHING,
  ];
  return {
    all: [...(own ?? []), ...later.flatMap(({ all }) => all)],
    moreToCome: later.some(({ moreToCome }) => moreToCome),
  };
};

const eventsOfLatest = async (
  hub: TaskHub,
  record: DeploymentRecord,
  instance: Instance,
  { urls, events }: Asked,
): Promise<readonly CallbackEvent[]> => {
  const status = deploymentStatus(instance);
  // At the end they say what a run that did not succeed has changed of what exists.
  const isAsked = events.includes('step') || (hasEnded(status) && record.inherited.deployed !== undefined);
  const branches = isAsked && status !== 'Succeeded' ? await findBranches(hub, record) : [];
  return eventsOf(record, deploymentResponse(record, instance, branches), outputsOfInstance(instance), urls);
};

/** The run that a message is about. */
const subjectOf = ({ deploymentId, run, correlationId }: Asked) => ({
  id: deploymentId,
  runId: run,
  correlationId,
});

const NOTHING: Found = { all: [], moreToCome: false };

const findExpiry = async (hub: TaskHub, record: DeploymentRecord, latest: Instance, asked: Asked): Promise<Found> => {
  const instance = mayExpire(asked.run, record, latest)
    ? await hub.find(expiryInstanceId(record.id, asked.run))
    : undefined;
  if (!instance) return NOTHING;
  const expiry = expiryViewOf(instance);
  const moreToCome = !hasEnded(deploymentStatus(instance)) && expiry?.state !== 'Expired';
  return { all: expiry ? eventsOfExpiry(subjectOf(asked), expiry, asked.urls) : [], moreToCome };
};

/** The run ended and another began between two checks: what the later one remembers of it is sent. */
const eventsOfEarlier = ({ earlierRuns }: DeploymentRecord, asked: Asked): CallbackEvent[] | undefined => {
  const earlier = earlierRuns.find(({ run }) => run === asked.run);
  if (!earlier) return undefined;
  const { run, status, endedAt, error } = earlier;
  const { correlationId } = asked;
  const data = {
    id: asked.deploymentId,
    run,
    ...(correlationId !== undefined && { correlationId }),
    urls: asked.urls,
    status,
    ...(error !== undefined && { error: { message: error } }),
    superseded: true,
  };
  return [{ event: 'ended', occurredAt: endedAt, data }];
};

/** Checks go on as long as the service makes any and what the run left stands. */
const findDrift = async (hub: TaskHub, record: DeploymentRecord, instance: Instance, asked: Asked): Promise<Found> => {
  const [kept, undo] = await Promise.all([hub.find(driftInstanceId(record.id)), findUndo(hub, { record, instance })]);
  if (undo && !hasEnded(deploymentStatus(undo))) return NOTHING;
  if (unchangedRun(await findWhatExists(hub, { record, instance })) !== asked.run) return NOTHING;
  const report = kept && driftReportFor(asked.run, kept);
  return {
    all: report ? eventsOfDrift(subjectOf(asked), report, asked.urls) : [],
    moreToCome: readSettings().DRIFT_SCHEDULE !== undefined,
  };
};
