import { branchInstanceId } from '../deployment/names/instance-ids.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import { graphOf } from './graph.ts';

interface Run {
  readonly run: string;
  readonly deployment: Deployment;
  readonly steps?: readonly string[] | undefined;
}

/** The instances of a run's branches. */
export const branchInstanceIds = ({ run, deployment, steps }: Run): readonly string[] =>
  graphOf(deployment, steps).branches.map(({ name }) => branchInstanceId(deployment.id, run, name));
