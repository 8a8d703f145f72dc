import type { z } from 'zod';
import type { ActivityResult } from '../deployment/driver/activity-result.ts';
import type { Finding } from '../deployment/plan/finding.ts';
import type { Difference } from '../deployment/plan/inspection.ts';
import type { PlanStep } from '../deployment/plan/plan.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import type { RunFacts } from './run-facts.ts';

/** A deployment whose tenant is known: what the inputs of steps are made from. */
export interface LocatedDeployment extends Deployment {
  readonly tenantId: string;
}

/** What steps gave so far, by the names of their nodes. */
export type Values = ReadonlyMap<string, unknown>;

/** A step whose value another step may take; the value is parsed, because it comes out of durable history. */
export interface Readable<V> extends StepCore {
  /** @throws ZodError when the step has not given its value. */
  read(values: Values): V;
}

/** What the steps that a step uses give, under the names that it gave them. */
export type Used<U> = { readonly [K in keyof U]: U[K] extends Readable<infer V> ? V : never };

/** One execution of a step in one deployment: the only one, or one for each item. */
export interface StepNode {
  /** The step's name in the status, e.g. `key-vault` or `image:airflow:2.9.3`. */
  readonly name: string;
  readonly step: StepCore;
  /** The activity's input, once all that it uses has given its value. */
  inputFor(deployment: LocatedDeployment, values: Values): unknown;
  /** The same for a plan, in which some values are not known yet. */
  planInputFor(deployment: LocatedDeployment, values: Values): PlanInput;
}

/** The input of an inspection, or why there is none yet. */
export type PlanInput =
  | { readonly known: true; readonly input: unknown }
  /** @property note - a sentence that says what is known only after which step. */
  | { readonly known: false; readonly note: string };

/** An action of Azure RBAC that a step takes. Names: azure-docs, articles/role-based-access-control/permissions/*.md. */
export interface StepAction {
  readonly action: string;
  /** What for: the end of a sentence that begins with the step. */
  readonly why: string;
  /** When a coming run fails without it: always, when the step has something to write, or as the facts say. Absent where no run does. */
  readonly needed?: 'always' | 'write' | ((facts: RunFacts) => boolean);
}

/** The resource of Resource Manager that a step creates. It carries the deployment's tag. */
export interface StepResource {
  /** E.g. `Microsoft.KeyVault/vaults`; its provider has to be registered. */
  readonly type: string;
  /** The version of its API that the SDK's client asks for. */
  readonly apiVersion: string;
  nameIn(deployment: Deployment): string;
  /** The id of somebody else's that is used in its place. */
  existingIn?(deployment: Deployment): string | undefined;
  /** How long its deletion usually takes. */
  readonly deleteSeconds: number;
  /** What Azure Policy is shown beside type, name, location and tags: on the wire's shape, the properties that policies ask for most. */
  policyContent?(deployment: Deployment): Readonly<Record<string, unknown>>;
}

/** What the commands of a step are made from: its part of a plan, and what the preflight found. */
export interface CommandContext {
  readonly name: string;
  readonly planned: PlanStep | undefined;
  readonly findings: readonly Finding[];
  /** The steps whose resources the deployment creates, last created first. */
  readonly creating: readonly StepCore[];
}

/** What a person types for one node of a step. */
export interface StepCommands {
  readonly create: readonly string[];
  /** Where an update is no change of single properties. */
  readonly update?: readonly string[];
  /** What is only read, for the commands that follow. */
  readonly reads?: readonly string[];
}

/** Settings that decide the course of a run. */
export interface RunSettings {
  readonly imageImportConcurrency: number;
}

/** The parts of a request that may be large; branch inputs are stored in the durable history. */
export type LargePart = 'images' | 'registryCredentials';

/** How long a step usually takes, in seconds, as seen in public logs of Terraform, azd and the Azure CLI. */
export interface UsualSeconds {
  readonly create: number;
  /** Where an update takes much less than a create. */
  readonly update?: number;
  /** Where there is something to do though nothing changes. */
  readonly unchanged?: number;
}

/** All that is known of a step without asking Azure, but for the types of its input and value. */
export interface StepCore {
  readonly name: string;
  /** The activity's registered name: the step's name in camel case. */
  readonly activity: string;
  /** What it does, as a sentence for people. */
  readonly summary: string;
  readonly uses: Readonly<Record<string, StepCore>>;
  readonly dependsOn: readonly StepCore[];
  /** Begins after the branches though it needs only one: it would make the longest branch longer. */
  readonly later: boolean;
  /** Whether some deployments go without it. */
  readonly optional: boolean;
  /** The resource that holds what it makes: one that is recovered brings that back. */
  readonly inside: { readonly step: StepCore; readonly noun: string } | undefined;
  /** The large parts of a request that it reads: a branch without such a step is not given them. */
  readonly reads: readonly LargePart[];
  /** Undone only after this one is gone, though the order of creation says otherwise. */
  readonly outlives: StepCore | undefined;
  readonly usualSeconds: UsualSeconds;
  readonly deadlineSeconds: number;
  readonly actions: readonly StepAction[];
  readonly resource: StepResource | undefined;
  /** Where the tutorial has its commands among those of the other steps. */
  readonly commandOrder: number;
  nodes(deployment: Deployment): readonly StepNode[];
  /** How many of its nodes are under way at once; all of them when undefined. */
  atOnce(settings: RunSettings): number | undefined;
  /**
   * The resources that it changes, puts something into, gives access to or gives access by, and those whose secrets it reads. Of a step that makes a resource: those that the creation acts on, and
   * not the resource itself. What has no tags of its own stands under the one that holds it: a subnet under its network, a secret under its vault.
   */
  actsOn(deployment: Deployment): readonly string[];
  /** Whether it reads a secret of them even when there is nothing to change. */
  opens(deployment: Deployment): boolean;
  /** The id of what it makes or changes, known before it exists. */
  resourceId(deployment: Deployment): string;
  commands(deployment: Deployment, context: CommandContext): StepCommands;
  /** The `az` command that changes one property. */
  updateCommand(deployment: Deployment, difference: Difference): string | undefined;
  outputs(deployment: Deployment, values: Values): Readonly<Record<string, string>>;
  /** What its activity reports; made once, since every replay reads every report. */
  readonly report: z.ZodType<ActivityResult>;
}

/** A step: an activity that takes `I` and gives `V`, of which those who use the step read `R`. */
export interface Step<N extends string, I, V, R> extends Readable<R> {
  readonly name: N;
  readonly input: z.ZodType<I>;
  readonly value: z.ZodType<V>;
}
