import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadApp } from '../../local/functions-host/worker/load-app.ts';
import type { LoadedApp } from '../../local/functions-host/worker/loaded-app.ts';
import * as callbackContracts from '../../src/deployment/callbacks/callback-contracts.ts';
import * as driftContracts from '../../src/deployment/contracts/drift-contracts.ts';
import * as expiryContract from '../../src/deployment/contracts/expiry-contract.ts';
import * as followContracts from '../../src/deployment/contracts/follow-contracts.ts';
import { preflight } from '../../src/deployment/contracts/preflight-contract.ts';
import * as undoContracts from '../../src/deployment/contracts/undo-contracts.ts';
import { branchOrchestratorName } from '../../src/deployment/names/instance-ids.ts';
import { allSteps } from '../../src/steps/all-steps.ts';
import { branchSteps } from '../../src/steps/graph.ts';

let app: LoadedApp;

beforeAll(async () => {
  app = await loadApp(fileURLToPath(new URL('../..', import.meta.url)), { log: () => {} });
});

const contracts = {
  preflight,
  ...undoContracts,
  ...callbackContracts,
  ...driftContracts,
  ...expiryContract,
  ...followContracts,
};
const activities = [...allSteps, ...Object.values(contracts)].flatMap((value) =>
  'activity' in value ? [value.activity] : [],
);

describe('no orchestrator calls what is not registered: it would wait and never end', () => {
  it('every contract has its activity, and every activity its contract', () => {
    expect(app.names('activityTrigger').toSorted()).toEqual(activities.toSorted());
  });

  it('no two contracts share an activity', () => {
    expect(new Set(activities).size).toBe(activities.length);
  });

  it('every branch has its orchestrator', () => {
    expect(app.names('orchestrationTrigger').toSorted()).toEqual(
      [
        'callback',
        'deployment',
        'driftCheck',
        'driftReport',
        'expiry',
        'follow',
        'undo',
        ...branchSteps().map(({ name }) => branchOrchestratorName(name)),
      ].toSorted(),
    );
  });
});
