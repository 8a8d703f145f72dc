import { container } from '../deployment/step-contracts.ts';
import { ensureContainer } from '../resources/container.ts';
import { stepActivity } from './step-activity.ts';

export const containerActivity = stepActivity(container, ensureContainer);
