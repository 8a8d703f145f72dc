import { image } from '../deployment/step-contracts.ts';
import { importImage } from '../resources/image.ts';
import { stepActivity } from './step-activity.ts';

export const imageActivity = stepActivity(image, importImage);
