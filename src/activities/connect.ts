import { connect } from '../deployment/step-contracts.ts';
import { connectToCluster } from '../resources/connect.ts';
import { stepActivity } from './step-activity.ts';

export const connectActivity = stepActivity(connect, connectToCluster);
