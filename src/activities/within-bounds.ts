import { beyondBound } from '../azure/beyond-bound.ts';
import { currentExchange } from '../azure/exchange.ts';
import type { ReconcileResult } from '../deployment/driver/reconcile-result.ts';
import { cutText } from '../deployment/names/text/cut-text.ts';
import type { Inspection } from '../deployment/plan/inspection.ts';

/** What people read is cut; docs/limits.md lists these limits. */
const MAX_NOTE_LENGTH = 1024;
const MAX_DIFFERENCE_LENGTH = 512;

/** What later steps use cannot be cut: an id, a URL, a version. */
const MAX_VALUE_LENGTH = 2048;
const MAX_VALUE_BYTES = 1024 * 1024;

/** What a step reports, before it is stored. @throws AzureOperationError `AnswerTooLong` for a value that holds more than any does. */
export const boundedResult = <T>(result: ReconcileResult<T>): ReconcileResult<T> => {
  if (result.kind === 'retry' || result.kind === 'failed') return result;
  if (result.kind === 'done') requireShort(result.value, result.digest, result.resourceId);
  else requireShort(undefined, result.resourceId);
  return { ...result, ...shortNote(result.note) };
};

/** What a plan or drift check shows of a step. @throws AzureOperationError `AnswerTooLong` */
export const boundedInspection = <T>(inspection: Inspection<T>): Inspection<T> => {
  requireShort(inspection.value, inspection.resourceId);
  const changes = inspection.changes.map(({ property, from, to }) => ({
    property: cutText(property, MAX_DIFFERENCE_LENGTH),
    from: cutText(from, MAX_DIFFERENCE_LENGTH),
    to: cutText(to, MAX_DIFFERENCE_LENGTH),
  }));
  return { ...inspection, changes, ...shortNote(inspection.note) };
};

const shortNote = (note: string | undefined): { readonly note?: string } =>
  note === undefined ? {} : { note: cutText(note, MAX_NOTE_LENGTH) };

const requireShort = (value: unknown, ...ids: readonly (string | undefined)[]): void => {
  let longest = 0;
  const all = JSON.stringify([value, ids], (_, part: unknown) => {
    if (typeof part === 'string') longest = Math.max(longest, part.length);
    return part;
  });
  if (longest <= MAX_VALUE_LENGTH && all.length <= MAX_VALUE_BYTES) return;
  const message = `Azure answered an id, a URL or another value of more than ${MAX_VALUE_LENGTH} characters, or more of them than ${MAX_VALUE_BYTES / 1024 / 1024} MB holds.`;
  throw beyondBound('AnswerTooLong', message, currentExchange().correlationId);
};
