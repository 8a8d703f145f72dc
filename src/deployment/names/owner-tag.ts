import { type TagsOfResource, tagValue } from './tag-value.ts';

/** Marks what a deployment created, so that undoing it deletes that and nothing else. The value is the deployment's id. */
export const OWNER_TAG = 'airflow-on-aks-deployment';

/** Says, where callers are told apart, who had a resource created: the object id in the directory, no name. */
export const REQUESTER_TAG = 'airflow-on-aks-requested-by';

/** Whether the tags say that this deployment created the resource. */
export const isOwnedBy = (deploymentId: string, tags: TagsOfResource | undefined): boolean =>
  tagValue(tags, OWNER_TAG) === deploymentId;
