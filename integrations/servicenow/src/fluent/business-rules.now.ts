import '@servicenow/sdk/global';
import { BusinessRule } from '@servicenow/sdk/core';
import { cancelForRequest } from '../server/cancel-deployment.ts';
import { settleRequest } from '../server/settle-request.ts';
import { startDeployment } from '../server/start-deployment.ts';
import { airflowOnAks } from './catalog-item.now.ts';

// Asynchronous where the service is called: nobody's page or flow waits for it.

BusinessRule({
  $id: Now.ID['start-deployment'],
  name: 'Airflow on AKS: start the deployment',
  table: 'x_airaks_deploy_deployment',
  when: 'async',
  action: ['insert'],
  script: startDeployment,
});

BusinessRule({
  $id: Now.ID['settle-request'],
  name: 'Airflow on AKS: close the request',
  table: 'x_airaks_deploy_deployment',
  when: 'after',
  action: ['update'],
  filterCondition: 'statusVALCHANGES^statusINsucceeded,failed,cancelled,timed_out',
  script: settleRequest,
});

BusinessRule({
  $id: Now.ID['cancel-deployment'],
  name: 'Airflow on AKS: stop the deployment of a cancelled request',
  table: 'sc_req_item',
  when: 'async',
  action: ['update'],
  filterCondition: `cat_item=${airflowOnAks}^active=false`,
  script: cancelForRequest,
});
