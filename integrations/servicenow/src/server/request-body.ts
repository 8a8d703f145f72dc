import type { JsonObject } from './json.ts';

/** What a person filled in, by the variables' names in `fluent/catalog-item.now.ts`. */
export interface OrderedValues {
  readonly resource_group: string;
  readonly location: string;
  readonly node_count: string;
  readonly vm_size: string;
  readonly ssh_public_key: string;
  /** One `name=value` on a line. */
  readonly tags: string;
}

export interface OrderedBy {
  /** The requested item's number. */
  readonly correlationId: string;
  readonly callbackUrl: string;
}

/** The body of `POST /api/deployments`. What was left empty is left out: the service knows the defaults. */
export const requestBody = (values: OrderedValues, { correlationId, callbackUrl }: OrderedBy): JsonObject => ({
  ...given('resourceGroupName', values.resource_group),
  ...given('location', values.location),
  cluster: {
    ...given('nodeVmSize', values.vm_size),
    ...given('sshPublicKey', values.ssh_public_key),
    ...(values.node_count.trim() !== '' && { nodeCount: Number(values.node_count) }),
  },
  tags: tagsOf(values.tags),
  correlationId,
  callbackUrl,
});

const given = (name: string, value: string): JsonObject => (value.trim() === '' ? {} : { [name]: value.trim() });

/** A line without `=` is a tag without a value. */
const tagsOf = (lines: string): JsonObject =>
  Object.fromEntries(
    lines
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line) => {
        const [name = '', ...value] = line.split('=');
        return [name.trim(), value.join('=').trim()];
      }),
  );
