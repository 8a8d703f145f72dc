import '@servicenow/sdk/global';
import { Alias, Property, RetryPolicy } from '@servicenow/sdk/core';

export const serviceAlias = Alias({
  $id: Now.ID['service-alias'],
  name: 'Airflow on AKS',
  type: 'connection',
  connectionType: 'httpConnection',
  description:
    'The service that deploys. Give it an HTTP connection with the URL of the function app, and an API key credential that holds a function key.',
});

export const signingAlias = Alias({
  $id: Now.ID['signing-alias'],
  name: 'Airflow on AKS: callbacks',
  type: 'credential',
  description: "An API key credential that holds the service's CALLBACK_SIGNING_SECRET (whsec_…).",
});

Property({
  $id: Now.ID['property-connection-alias'],
  name: 'x_airaks_deploy.connection_alias',
  type: 'string',
  value: `${serviceAlias}`,
  description: 'sys_id of the connection and credential alias of the service.',
  roles: { read: ['admin'], write: ['admin'] },
});

Property({
  $id: Now.ID['property-signing-alias'],
  name: 'x_airaks_deploy.signing_alias',
  type: 'string',
  value: `${signingAlias}`,
  description: 'sys_id of the credential alias of the secret that callbacks are signed with.',
  roles: { read: ['admin'], write: ['admin'] },
});

Property({
  $id: Now.ID['property-approval-group'],
  name: 'x_airaks_deploy.approval_group',
  type: 'string',
  value: '',
  description:
    'sys_id of the group one of whose members approves each order. Empty: the manager of the person it is for.',
  roles: { read: ['admin'], write: ['admin'] },
});

/** For a flow of your own that polls in a REST step: see the README. The flow here needs none. */
export const pollPolicy = RetryPolicy({
  $id: Now.ID['poll-policy'],
  name: 'Airflow on AKS: ask again while 202',
  connectionType: 'http_retry_conditions',
  retryStrategy: 'retry_after',
  maxElapsedTime: 14_400,
  condition: 'status_codeIN202,429,503',
  restrictTo: ['status_code'],
});
