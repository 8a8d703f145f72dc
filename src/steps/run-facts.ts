/** What a run has to do, as far as is known before it. */
export interface RunFacts {
  /** Whether a step, or a named part of one, has something to create or to change. One that nothing is known of counts as having. */
  writes(step: string): boolean;
  /** Whether the registry is the deployment's own, and not somebody else's. */
  readonly ownRegistry: boolean;
  readonly ownVault: boolean;
  /** Whether it keeps secrets in a vault of its own: a hardened deployment has none. */
  readonly keepsSecrets: boolean;
  /** The resource providers that the run registers. */
  readonly unregistered: ReadonlySet<string>;
}
