import type { Submitted } from '../../azure/submit.ts';
import type { TagsOfResource } from '../../deployment/names/tag-value.ts';
import type { Difference } from '../../deployment/plan/inspection.ts';
import type { ImmutablePairs } from './differences.ts';

/** What carries tags, by which it says whose it is. */
export interface Tagged {
  readonly tags?: TagsOfResource | undefined;
}

/** How one kind of resource is inspected and changed: the one place that says what it should be, for runs and for plans. */
export interface ManagedResource<R extends Tagged, T> {
  /** The resource's id, known before it exists. */
  readonly id: string;
  /** How long a create usually takes, in seconds. */
  readonly usualSeconds: number;
  /** Reads the resource; a 404 is taken for its absence. */
  get(): Promise<R>;
  /** Undefined means Succeeded, as for every resource provider. */
  provisioningState(resource: R): string | undefined;
  /** Whether it is absent only because it was deleted, and a create will bring it back as it was. */
  isRecoverable?(): Promise<boolean>;
  /** Sends the PUT that creates it, or repairs it when it exists in a failed state. One that was soft-deleted may come back by it. */
  create(existing: R | undefined): Promise<Submitted<R> & { readonly recovered?: boolean }>;
  /** What it cannot be changed to, existing beside desired. */
  immutables(resource: R): ImmutablePairs;
  /** The properties that differ from what the request names. */
  differences(resource: R): readonly Difference[];
  /** Changes these properties and keeps all others. */
  update(resource: R, differences: readonly Difference[]): Promise<Submitted<R>>;
  value(resource: R): T;
  /** What a person should know of the resource as it is, and of the properties that are being changed. */
  note?(resource: R, changing: readonly string[]): string | undefined;
  /** Somebody else's: used as it is. */
  readonly keptByOthers?: true;
  /** True when the resource itself is not visible until its create is done; its operation's URL is then followed instead. */
  readonly invisibleUntilCreated?: boolean;
}
