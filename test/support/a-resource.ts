import { RestError } from '@azure/core-rest-pipeline';
import type { ManagedResource } from '../../src/activities/reconcile/managed-resource.ts';
import type { Submitted } from '../../src/azure/submit.ts';

/** A resource of a made-up kind, as Azure shows it. */
export interface Thing {
  readonly state?: string;
  readonly location?: string;
  readonly size?: number;
  readonly tags?: Readonly<Record<string, string>>;
}

/** What a run says of a {@link Thing}. */
export interface ThingValue {
  readonly size: number | undefined;
}

export interface ManagedThing extends ManagedResource<Thing, ThingValue> {
  /** What was sent to Azure. */
  readonly writes: readonly (readonly ['create' | 'update', ...unknown[]])[];
}

type Sent = Submitted<Thing> & { readonly recovered?: boolean };

/** The operation that every write of {@link aResource} starts. */
export const OPERATION = { url: 'https://management.azure.com/operations/1', kind: 'status' } as const;

/**
 * The resource `/thing`: wanted in eastus, with the size 3. A create usually takes 30 seconds.
 *
 * @param found - what exists of it.
 * @param submitted - what a write leads to.
 */
export const aResource = (
  found: Thing | undefined,
  {
    submitted = { result: undefined, operation: OPERATION },
    ...parts
  }: Partial<ManagedResource<Thing, ThingValue>> & { readonly submitted?: Sent } = {},
): ManagedThing => {
  const writes: ['create' | 'update', ...unknown[]][] = [];
  return {
    id: '/thing',
    usualSeconds: 30,
    get: async () => {
      if (found) return found;
      throw new RestError('It does not exist.', { statusCode: 404 });
    },
    provisioningState: ({ state }) => state,
    create: async (existing) => {
      writes.push(['create', existing]);
      return submitted;
    },
    immutables: ({ location }) => ({ location: [location, 'eastus'] }),
    differences: ({ size }) => (size === 3 ? [] : [{ property: 'size', from: String(size), to: '3' }]),
    update: async (existing, differences) => {
      writes.push(['update', existing, differences]);
      return submitted;
    },
    value: ({ size }) => ({ size }),
    ...parts,
    writes,
  };
};

/** As the request wants it. */
export const AS_WANTED: Thing = { location: 'eastus', size: 3 };
