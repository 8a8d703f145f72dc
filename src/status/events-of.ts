import type { CallbackEvent } from '../deployment/callbacks/callback-contracts.ts';
import type { DeploymentRecord } from '../deployment/run/deployment-record.ts';
import { hasEnded } from '../deployment/run/deployment-status.ts';
import { type DriftReport, driftFingerprint } from '../deployment/run/drift.ts';
import type { ExpiryView } from '../deployment/run/expiry.ts';
import type { DeploymentResponse } from './deployment-response.ts';
import type { Outputs } from './outputs.ts';

const STEP_ENDS = ['Succeeded', 'Failed', 'Cancelled'];

/** The run that messages are about. */
type Subject = Pick<DeploymentRecord, 'id' | 'runId' | 'correlationId'>;

/** What every message says first. */
const about = ({ id, runId, correlationId }: Subject, urls: Readonly<Record<string, string>>) => ({
  id,
  run: runId,
  ...(correlationId !== undefined && { correlationId }),
  urls,
});

/**
 * Everything about a run that can be sent, in the order in which it happened: the request for approval, the end of each step, the end of all. What was sent
 * before is in it again.
 *
 * @param view - the run without its undo: what a DELETE does later is not part of it.
 */
export const eventsOf = (
  run: Subject,
  view: DeploymentResponse,
  outputs: Outputs | undefined,
  urls: Readonly<Record<string, string>>,
): readonly CallbackEvent[] => {
  const { status, approval, steps, reason, error, warnings, lastUpdatedAt, deployed } = view;
  const ended = steps
    .filter(({ state, endedAt }) => STEP_ENDS.includes(state) && endedAt !== undefined)
    .toSorted((a, b) => Date.parse(a.endedAt ?? '') - Date.parse(b.endedAt ?? ''));
  return [
    ...(approval?.state === 'Awaiting'
      ? [
          {
            event: 'awaitingApproval' as const,
            occurredAt: approval.requestedAt,
            data: { ...about(run, urls), status, names: view.names, approval, warnings, ...(deployed && { deployed }) },
          },
        ]
      : []),
    ...ended.map((step) => ({
      event: 'step' as const,
      step: step.name,
      occurredAt: step.endedAt ?? lastUpdatedAt,
      data: { ...about(run, urls), step },
    })),
    ...(hasEnded(status)
      ? [
          {
            event: 'ended' as const,
            occurredAt: lastUpdatedAt,
            data: {
              ...about(run, urls),
              status,
              ...(reason !== undefined && { reason }),
              ...(error && { error }),
              ...(approval && { approval }),
              ...(outputs && { outputs }),
              warnings,
              ...(deployed && { deployed }),
            },
          },
        ]
      : []),
  ];
};

/** The notice of a run's expiry; each instant has its own, because another POST may have changed it. */
export const eventsOfExpiry = (
  run: Subject,
  { state, expiresAt, noticeAt }: ExpiryView,
  urls: Readonly<Record<string, string>>,
): readonly CallbackEvent[] =>
  state === 'Expiring'
    ? [{ event: 'expiring', occurrence: expiresAt, occurredAt: noticeAt, data: { ...about(run, urls), expiresAt } }]
    : [];

/** What a check for drift found, if it found anything; sent once as long as it stays the same. */
export const eventsOfDrift = (
  run: Subject,
  { checkedAt, changes = 0, steps }: DriftReport,
  urls: Readonly<Record<string, string>>,
): readonly CallbackEvent[] =>
  changes > 0
    ? [
        {
          event: 'drift',
          occurrence: driftFingerprint(steps),
          occurredAt: checkedAt,
          data: { ...about(run, urls), checkedAt, changes, steps },
        },
      ]
    : [];
