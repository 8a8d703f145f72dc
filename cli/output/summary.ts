import type { AfterCancel, Status } from '../service/status-schema.ts';
import { findingLines } from './finding-lines.ts';
import type { Terminal } from './terminal.ts';

/** How many resources a deployment has come to hold, and lose. */
export const countChanges = ({ steps, undo }: Status) => {
  const changes = (undo?.steps ?? steps).flatMap(({ change }) => change ?? []);
  const count = (wanted: string): number => changes.filter((change) => change === wanted).length;
  return {
    added: count('created'),
    changed: count('updated'),
    unchanged: count('unchanged'),
    destroyed: count('deleted'),
  };
};

/** How a deployment that has ended ended, as lines. */
export const summaryLines = (status: Status, paint: Terminal['paint']): string[] => {
  const { added, changed, unchanged, destroyed } = countChanges(status);
  const resources = `Resources: ${added} added, ${changed} changed, ${destroyed} destroyed.`;
  const warnings = status.warnings.map((warning) => `${paint('yellow', 'Warning:')} ${warning}`);
  switch (status.status) {
    case 'Succeeded':
      return [
        ...warnings,
        paint('green', `Apply complete! ${resources}${unchanged > 0 ? ` ${unchanged} unchanged.` : ''}`),
      ];
    case 'Deleted':
      return [...keptLines(status, paint), paint('green', `Destroy complete! Resources: ${destroyed} destroyed.`)];
    case 'Cancelled':
      return [
        ...warnings,
        paint('yellow', `${status.undo ? 'Destroy' : 'Apply'} cancelled. ${resources}`),
        ...(status.reason === undefined ? [] : [status.reason]),
        ...continuedLines(status.afterCancel, paint),
        ...(added + changed > 0 ? ['What was created stays. The same deploy goes on from there.'] : []),
      ];
    default:
      return [
        ...warnings,
        ...keptLines(status, paint),
        ...errorLines(status, paint),
        '',
        `${status.undo ? 'Destroy' : 'Apply'} failed. ${resources}`,
      ];
  }
};

/** What an undo left. */
/** What Azure continues after a cancel, and what to do about it. */
export const continuedLines = (afterCancel: AfterCancel | undefined, paint: Terminal['paint']): string[] =>
  afterCancel === undefined
    ? []
    : [
        ...afterCancel.operations.map(
          ({ step, resourceId, state }) => `${paint('yellow', `${state} in Azure:`)} ${step} ${resourceId}`,
        ),
        afterCancel.remedy,
      ];

const keptLines = ({ undo }: Status, paint: Terminal['paint']): string[] =>
  (undo?.kept ?? []).map(({ id, reason }) => `${paint('yellow', 'Kept:')} ${id}. ${reason}`);

const errorLines = ({ status, error, findings }: Status, paint: Terminal['paint']): string[] => {
  const refusals = findings?.filter(({ severity }) => severity === 'error') ?? [];
  if (refusals.length > 0) return refusals.flatMap((finding) => findingLines(finding, paint));
  if (!error) return [`${paint('red', 'Error:')} The deployment is ${status}.`];
  const { step, code, message, remedy, correlationId } = error;
  return [
    `${paint('red', 'Error:')} ${step === undefined ? '' : `${step}: `}${code}`,
    '',
    `  ${message}`,
    ...(remedy === undefined ? [] : ['', `  What to do: ${remedy.replaceAll('\n', '\n  ')}`]),
    ...(correlationId === undefined ? [] : ['', `  Azure's correlation id: ${correlationId}`]),
  ];
};
