import { GlideRecord } from '@servicenow/glide';
import { DEPLOYMENTS } from './tables.ts';

/** The one record with this value, if there is one. */
export const findDeployment = (
  column: 'sys_id' | 'correlation_id' | 'request_item',
  value: string,
): GlideRecord | undefined => {
  if (value === '') return undefined;
  const record = new GlideRecord(DEPLOYMENTS);
  record.addQuery(column, value);
  record.setLimit(1);
  record.query();
  return record.next() ? record : undefined;
};
