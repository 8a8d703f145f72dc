import '@servicenow/sdk/global';
import { action, Flow, trigger, wfa } from '@servicenow/sdk/automation';

/**
 * Approval, then a record of the deployment, then waiting for the request to be closed. A business rule starts the deployment, the callback writes how it
 * ended, another business rule closes the request. The flow sleeps meanwhile: no worker is held.
 */
export const deployAirflowOnAks = Flow(
  {
    $id: Now.ID['deploy-airflow-on-aks'],
    name: 'Airflow on AKS: approve and deploy',
    description: 'Fulfils the catalogue item "Airflow on AKS".',
    runAs: 'system',
  },
  wfa.trigger(trigger.application.serviceCatalog, { $id: Now.ID['flow-trigger'] }, { run_flow_in: 'background' }),
  (params) => {
    const group = wfa.action(
      action.core.lookUpRecord,
      {
        $id: Now.ID['flow-approval-group'],
        annotation: 'The group of the property x_airaks_deploy.approval_group, if there is one',
      },
      {
        table: 'sys_user_group',
        conditions: "active=true^sys_id=javascript:gs.getProperty('x_airaks_deploy.approval_group')",
        if_multiple_records_are_found_action: 'use_first_record',
        dont_fail_flow_on_error: true,
      },
    );

    wfa.flowLogic.if({ $id: Now.ID['flow-if-group'], condition: `${wfa.dataPill(group.status, 'string')}=0` }, () => {
      const byGroup = wfa.action(
        action.core.askForApproval,
        { $id: Now.ID['flow-ask-group'] },
        {
          record: wfa.dataPill(params.trigger.request_item, 'reference'),
          table: 'sc_req_item',
          approval_reason: 'Creates Azure resources that cost money',
          approval_field: 'approval',
          journal_field: 'approval_history',
          approval_conditions: wfa.approvalRules({
            conditionType: 'OR',
            ruleSets: [
              {
                action: 'ApprovesRejects',
                conditionType: 'AND',
                rules: [
                  [{ ruleType: 'Any', users: [], groups: [wfa.dataPill(group.Record, 'reference')], manual: false }],
                ],
              },
            ],
          }),
          due_date: wfa.approvalDueDate({
            action: 'reject',
            dateType: 'actual',
            date: '{}',
            duration: 14,
            durationType: 'days',
            daysSchedule: '',
          }),
        },
      );
      wfa.flowLogic.if(
        {
          $id: Now.ID['flow-if-group-declined'],
          condition: `${wfa.dataPill(byGroup.approval_state, 'choice')}!=approved`,
        },
        () => {
          wfa.action(
            action.core.updateRecord,
            { $id: Now.ID['flow-decline-group'] },
            {
              table_name: 'sc_req_item',
              record: wfa.dataPill(params.trigger.request_item, 'reference'),
              values: TemplateValue({
                state: '4',
                close_notes: 'Not approved.',
                comments: 'The request was not approved.',
              }),
            },
          );
          wfa.flowLogic.endFlow({ $id: Now.ID['flow-end-group'] });
        },
      );
    });
    wfa.flowLogic.else({ $id: Now.ID['flow-else-manager'] }, () => {
      const byManager = wfa.action(
        action.core.askForApproval,
        {
          $id: Now.ID['flow-ask-manager'],
          annotation: 'Without a manager nobody can approve, and the request is declined',
        },
        {
          record: wfa.dataPill(params.trigger.request_item, 'reference'),
          table: 'sc_req_item',
          approval_reason: 'Creates Azure resources that cost money',
          approval_field: 'approval',
          journal_field: 'approval_history',
          approval_conditions: wfa.approvalRules({
            conditionType: 'OR',
            ruleSets: [
              {
                action: 'ApprovesRejects',
                conditionType: 'AND',
                rules: [
                  [
                    {
                      ruleType: 'Any',
                      users: [wfa.dataPill(params.trigger.request_item.request.requested_for.manager, 'reference')],
                      groups: [],
                      manual: false,
                    },
                  ],
                ],
              },
            ],
          }),
          due_date: wfa.approvalDueDate({
            action: 'reject',
            dateType: 'actual',
            date: '{}',
            duration: 14,
            durationType: 'days',
            daysSchedule: '',
          }),
        },
      );
      wfa.flowLogic.if(
        {
          $id: Now.ID['flow-if-manager-declined'],
          condition: `${wfa.dataPill(byManager.approval_state, 'choice')}!=approved`,
        },
        () => {
          wfa.action(
            action.core.updateRecord,
            { $id: Now.ID['flow-decline-manager'] },
            {
              table_name: 'sc_req_item',
              record: wfa.dataPill(params.trigger.request_item, 'reference'),
              values: TemplateValue({
                state: '4',
                close_notes: 'Not approved.',
                comments: 'The request was not approved.',
              }),
            },
          );
          wfa.flowLogic.endFlow({ $id: Now.ID['flow-end-manager'] });
        },
      );
    });

    const deployment = wfa.action(
      action.core.createRecord,
      { $id: Now.ID['flow-create-deployment'], annotation: 'A business rule starts it' },
      {
        table_name: 'x_airaks_deploy_deployment',
        values: TemplateValue({
          request_item: wfa.dataPill(params.trigger.request_item, 'reference'),
          correlation_id: wfa.dataPill(params.trigger.request_item.number, 'string'),
          status: 'requested',
        }),
      },
    );

    const wait = wfa.action(
      action.core.waitForCondition,
      { $id: Now.ID['flow-wait'], annotation: 'The callback writes the end, a business rule closes the request' },
      {
        table_name: 'sc_req_item',
        record: `${wfa.dataPill(params.trigger.request_item, 'reference')}`,
        conditions: 'active=false',
        timeout_flag: true,
        timeout_duration: Duration({ hours: 24 }),
      },
    );

    wfa.flowLogic.if({ $id: Now.ID['flow-if-timeout'], condition: `${wfa.dataPill(wait.state, 'string')}=1` }, () => {
      wfa.action(
        action.core.updateRecord,
        { $id: Now.ID['flow-time-out'] },
        {
          table_name: 'x_airaks_deploy_deployment',
          record: wfa.dataPill(deployment.record, 'reference'),
          values: TemplateValue({ status: 'timed_out' }),
        },
      );
    });
  },
);
