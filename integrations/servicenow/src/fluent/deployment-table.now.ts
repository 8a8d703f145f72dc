import '@servicenow/sdk/global';
import { Acl, ChoiceColumn, ReferenceColumn, StringColumn, Table } from '@servicenow/sdk/core';

/** One record for each deployment that was ordered. Only the app's own scripts and flow write it. */
export const x_airaks_deploy_deployment = Table({
  name: 'x_airaks_deploy_deployment',
  label: 'Airflow on AKS deployment',
  display: 'correlation_id',
  accessibleFrom: 'package_private',
  schema: {
    request_item: ReferenceColumn({
      label: 'Requested item',
      referenceTable: 'sc_req_item',
      mandatory: true,
      cascadeRule: 'none',
    }),
    correlation_id: StringColumn({ label: 'Correlation id', maxLength: 40, mandatory: true }),
    status: ChoiceColumn({
      label: 'Status',
      dropdown: 'dropdown_without_none',
      default: 'requested',
      choices: {
        requested: { label: 'Requested', sequence: 0 },
        running: { label: 'Running', sequence: 1 },
        cancelling: { label: 'Being cancelled', sequence: 2 },
        succeeded: { label: 'Succeeded', sequence: 3 },
        failed: { label: 'Failed', sequence: 4 },
        cancelled: { label: 'Cancelled', sequence: 5 },
        timed_out: { label: 'Timed out', sequence: 6 },
      },
    }),
    deployment_id: StringColumn({ label: 'Deployment id', maxLength: 64 }),
    run: StringColumn({ label: 'Run', maxLength: 40 }),
    message_id: StringColumn({ label: 'Id of the message of the end', maxLength: 255 }),
    outputs: StringColumn({ label: 'Outputs (JSON)', maxLength: 8000 }),
    error: StringColumn({ label: 'Error', maxLength: 4000 }),
    remedy: StringColumn({ label: 'Remedy', maxLength: 4000 }),
  },
  index: [
    { name: 'correlation_id', element: 'correlation_id', unique: true },
    { name: 'request_item', element: 'request_item', unique: true },
  ],
});

Acl({
  $id: Now.ID['read-deployments'],
  type: 'record',
  table: 'x_airaks_deploy_deployment',
  operation: 'read',
  roles: ['itil'],
});
