import { columns } from '../../command-line/columns.ts';
import { formatDuration } from '../../command-line/format-duration.ts';
import { hasEnded, type Status, type Step } from '../service/status-schema.ts';
import { summaryLines } from './summary.ts';
import type { Terminal } from './terminal.ts';

/** How a deployment stands, as a person reads it. @param now - the service's time, ms since the epoch. */
export const statusLines = (status: Status, now: number, paint: Terminal['paint']): string[] => {
  const { id, run, names, requestedBy, cancelledBy, correlationId, waiting, approval, undo } = status;
  return [
    `${paint('bold', id)}: ${status.status}`,
    '',
    ...columns([
      ['resource group', `${names.resourceGroupName}, ${names.location}`],
      ['created', status.createdAt],
      ['run', run],
      ...deployedRow(status),
      ...(requestedBy === undefined ? [] : [['requested by', requestedBy.name]]),
      ...(cancelledBy === undefined ? [] : [['cancelled by', cancelledBy.name]]),
      ...(correlationId === undefined ? [] : [['correlation id', correlationId]]),
      ...(waiting === undefined || approval?.state === 'Awaiting' ? [] : [['waiting', waiting]]),
      ...(approval === undefined ? [] : [['approval', approvalText(approval)]]),
    ]),
    '',
    ...columns((undo?.steps ?? status.steps).map((step) => row(step, now))),
    ...(hasEnded(status) ? ['', ...summaryLines(status, paint)] : []),
  ];
};

/** What exists, where it is not what the latest run made. */
const deployedRow = ({ run, deployed }: Status): string[][] => {
  if (!deployed || (deployed.run === run && !deployed.changedBy)) return [];
  const changes = (deployed.changedBy ?? []).map((each) => `run ${each.run} (${each.steps.join(', ')})`).join(', ');
  const since = changes === '' ? '' : `; may have been changed since by ${changes}`;
  return [['what exists', `of run ${deployed.run}, which succeeded at ${deployed.endedAt}${since}`]];
};

const approvalText = ({ state, by, reason, expiresAt }: NonNullable<Status['approval']>): string =>
  [
    state,
    ...(by === undefined ? [] : [`by ${by}`]),
    ...(reason === undefined ? [] : [`(${reason})`]),
    ...(state === 'Awaiting' && expiresAt !== undefined ? [`until ${expiresAt}`] : []),
  ].join(' ');

const row = (step: Step, now: number): string[] => {
  const { name, state, startedAt, endedAt, change, changed, error } = step;
  const end = endedAt === undefined ? now : Date.parse(endedAt);
  const time = startedAt === undefined ? '' : formatDuration((end - Date.parse(startedAt)) / 1000);
  return [
    name,
    state,
    time,
    error?.code ?? [change, ...(changed ? [`(${changed.join(', ')})`] : [])].filter(Boolean).join(' '),
  ];
};
