import type { WhatExists } from '../deployment/run/deployed.ts';
import type { DeploymentRecord } from '../deployment/run/deployment-record.ts';
import { deploymentStatus } from '../deployment/run/deployment-status.ts';
import type { Instance } from '../deployment/run/instance.ts';
import { whatExists } from '../deployment/run/what-exists.ts';
import { findBranches } from './find-branches.ts';
import { findUndo } from './find-undo.ts';
import type { TaskHub } from './task-hub.ts';

/** Reads what exists of a deployment now. */
export const findWhatExists = async (
  hub: TaskHub,
  { record, instance }: { readonly record: DeploymentRecord; readonly instance: Instance },
): Promise<WhatExists> => {
  const hasBranches = deploymentStatus(instance) !== 'Succeeded';
  const [undo, branches] = await Promise.all([
    findUndo(hub, { record, instance }),
    hasBranches ? findBranches(hub, record) : [],
  ]);
  return whatExists(record, instance, branches, undo);
};
