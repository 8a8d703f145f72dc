import '@servicenow/sdk/global';
import { RestApi } from '@servicenow/sdk/core';
import { receiveCallback } from '../server/receive-callback.ts';

/**
 * Public: the service that calls has no user here, and by default REST resources ask for one with the role snc_internal. The script believes signed
 * messages alone.
 */
RestApi({
  $id: Now.ID['callback-api'],
  name: 'Airflow on AKS: callbacks',
  serviceId: 'callback',
  consumes: 'application/json',
  produces: 'application/json',
  enforceAcl: [],
  routes: [
    {
      $id: Now.ID['callback-deployments'],
      name: 'Report how a deployment ended',
      method: 'POST',
      path: '/deployments',
      script: receiveCallback,
      authentication: false,
      authorization: false,
      internalRole: false,
      enforceAcl: [],
      shortDescription:
        'A message by the Standard Webhooks specification, signed with the secret of the alias "Airflow on AKS: callbacks".',
    },
  ],
});
