import { currentCloud } from '../../../azure/settings/cloud.ts';
import { readSettings, type Settings } from '../../../azure/settings/settings.ts';
import { simulatorUrl } from '../../../azure/simulator.ts';
import { ProblemError } from '../problem.ts';

/** What is wrong with the service's own settings is said at once, rather than by a deployment that fails. @throws ProblemError 500 */
export const checkSettings = (): Settings => {
  try {
    currentCloud();
    simulatorUrl();
    return readSettings();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ProblemError(500, 'misconfigured', 'The service is misconfigured', reason, { cause: error });
  }
};
