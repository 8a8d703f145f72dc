import { GlideRecord } from '@servicenow/glide';
import { asObject, parseJson } from './json.ts';
import { REQUEST_ITEMS } from './tables.ts';

/** The states of a task: https://www.servicenow.com/docs/csh?topicname=task-table.html */
const CLOSED_COMPLETE = '3';
const CLOSED_INCOMPLETE = '4';

/** Closes the request of a deployment that ended: complete with the outputs, or incomplete with the error and its remedy. A closed one stays as it is. */
export const settleRequest = (deployment: GlideRecord): void => {
  const item = new GlideRecord(REQUEST_ITEMS);
  if (!item.get(deployment.getValue('request_item') ?? '') || item.getValue('active') !== '1') return;
  const text = resultText(deployment);
  item.setValue('close_notes', text);
  item.setValue('comments', text);
  item.setValue('state', deployment.getValue('status') === 'succeeded' ? CLOSED_COMPLETE : CLOSED_INCOMPLETE);
  item.update();
};

const resultText = (deployment: GlideRecord): string => {
  const text = (column: string): string => deployment.getValue(column) ?? '';
  const because = [text('error'), text('remedy')].filter((part) => part !== '').join('\n');
  switch (text('status')) {
    case 'succeeded':
      return `The infrastructure for Airflow is ready.\n${linesOf(text('outputs'))}`;
    case 'failed':
      return `The deployment failed.\n${because}`;
    case 'cancelled':
      return `The deployment was cancelled; what it had created is still there.\n${because}`;
    default:
      return `The deployment "${text('deployment_id')}" did not end in time. It may still be at work: have its status checked.\n${because}`;
  }
};

const linesOf = (outputs: string): string =>
  Object.entries(asObject(parseJson(outputs)))
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
