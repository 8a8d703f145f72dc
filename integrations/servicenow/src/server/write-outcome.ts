import type { GlideRecord } from '@servicenow/glide';
import { hasEnded } from './deployment-status.ts';
import type { Outcome } from './outcome.ts';

/** As long as the columns are. */
const MAX_TEXT_LENGTH = 4000;

/**
 * Writes how a deployment ended, unless that is known already: an end is never changed. The rule on the table then closes the request.
 *
 * @returns whether it was new.
 */
export const writeOutcome = (deployment: GlideRecord, { status, outputs, error, remedy }: Outcome): boolean => {
  if (hasEnded(deployment.getValue('status'))) return false;
  deployment.setValue('status', status);
  deployment.setValue('outputs', Object.keys(outputs).length > 0 ? JSON.stringify(outputs) : '');
  deployment.setValue('error', error.slice(0, MAX_TEXT_LENGTH));
  deployment.setValue('remedy', remedy.slice(0, MAX_TEXT_LENGTH));
  deployment.update();
  return true;
};
