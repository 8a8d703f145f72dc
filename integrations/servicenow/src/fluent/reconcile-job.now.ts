import '@servicenow/sdk/global';
import { ScheduledScript } from '@servicenow/sdk/core';
import { reconcile } from '../server/reconcile.ts';

ScheduledScript({
  $id: Now.ID['catch-up'],
  name: 'Airflow on AKS: catch up on deployments',
  frequency: 'periodically',
  executionInterval: Duration({ minutes: 15 }),
  script: reconcile,
});
