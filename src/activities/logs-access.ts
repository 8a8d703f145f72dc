import { logsAccess } from '../deployment/step-contracts.ts';
import { ensureLogsAccess } from '../resources/logs-access.ts';
import { stepActivity } from './step-activity.ts';

export const logsAccessActivity = stepActivity(logsAccess, ensureLogsAccess);
