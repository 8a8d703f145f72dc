import { GlideRecord } from '@servicenow/glide';
import type { OrderedValues } from './request-body.ts';
import { REQUEST_ITEMS } from './tables.ts';

/** What was filled in for a requested item; undefined when that is gone. */
export const orderedValues = (requestItemId: string): OrderedValues | undefined => {
  const item = new GlideRecord(REQUEST_ITEMS);
  if (!item.get(requestItemId)) return undefined;
  // Each variable is an element of its own, which turns into its value.
  const variables: Readonly<Record<string, unknown>> = Object(item.variables);
  const value = (name: keyof OrderedValues): string => String(variables[name] ?? '');
  return {
    resource_group: value('resource_group'),
    location: value('location'),
    node_count: value('node_count'),
    vm_size: value('vm_size'),
    ssh_public_key: value('ssh_public_key'),
    tags: value('tags'),
  };
};
