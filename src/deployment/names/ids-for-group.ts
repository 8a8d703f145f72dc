import type { Group } from './same-group.ts';
import { uniqueSuffix } from './unique-suffix.ts';

/** Room for a suffix and a number within the 64 characters of an id. */
const BASE_LENGTH = 52;

/** How many ids are made: the first is free unless somebody chose it by hand. */
const IDS = 5;

/** The ids that a deployment may take if the group's name is taken as an id, the best first: pure functions of subscription and group. */
export const idsForGroup = ({ subscriptionId, resourceGroupName }: Group): readonly string[] => {
  const base = resourceGroupName
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, BASE_LENGTH)
    .replace(/-$/, '');
  const id = `${base || 'airflow'}-${uniqueSuffix(subscriptionId, resourceGroupName)}`;
  return Array.from({ length: IDS }, (_, index) => (index === 0 ? id : `${id}-${index + 1}`));
};
