import { z } from 'zod';
import { activityResultSchema } from '../deployment/driver/activity-result.ts';
import { type Consenting, consentSchema } from '../deployment/names/consent.ts';
import type { Difference } from '../deployment/plan/inspection.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import { consentIn } from './consent-in.ts';
import { resourceIdIn } from './resource-id-in.ts';
import type {
  CommandContext,
  LargePart,
  LocatedDeployment,
  PlanInput,
  Readable,
  RunSettings,
  Step,
  StepAction,
  StepCommands,
  StepCore,
  StepNode,
  StepResource,
  Used,
  UsualSeconds,
  Values,
} from './step.ts';

type Uses = Readonly<Record<string, Readable<unknown>>>;

/** What every step says of itself. */
interface Definition<N extends string, U extends Uses, I, V, R, Item> {
  readonly name: N;
  /** What it does, as a sentence for people. */
  readonly summary: string;
  /** The steps whose VALUES it takes; they come before it. */
  readonly uses?: U;
  /** The steps that only come before it. */
  readonly dependsOn?: readonly StepCore[];
  readonly later?: true;
  readonly inside?: StepCore['inside'];
  readonly reads?: readonly LargePart[];
  readonly outlives?: StepCore;
  readonly input: z.ZodType<I>;
  readonly value: z.ZodType<V>;
  from(deployment: LocatedDeployment, used: Used<U>, item: Item): NoInfer<I>;
  /**
   * What a plan does while a value is not known: a text says what of it is missing, and the plan says after which step it is known;
   * a value stands in for it, and the step is inspected with that.
   */
  readonly unknown?: { readonly [K in keyof U]?: string | Used<U>[K] };
  readonly usualSeconds: UsualSeconds;
  readonly deadlineMinutes: number;
  readonly actions: readonly StepAction[];
  readonly resource?: StepResource;
  /** What it acts on, see StepCore: of somebody else's only with that owner's consent. */
  actsOn(deployment: Deployment): readonly string[];
  opens?(deployment: Deployment): boolean;
  /** The id of what it makes; of its resource when absent. */
  resourceId?(deployment: Deployment): string;
  readonly commandOrder: number;
  commands?(deployment: Deployment, context: CommandContext, item: Item): StepCommands;
  /** The `az` commands that change single properties, by their names in plans. */
  readonly updates?: Readonly<Record<string, (deployment: Deployment, difference: Difference) => string>>;
  /** What a deployment that succeeded gives its caller, by the variables' names. */
  outputs?(deployment: Deployment, value: R, used: Used<U>): Readonly<Record<string, string>>;
}

/** A step that every deployment has. */
export const defineStep = <N extends string, I, V, U extends Uses = Record<never, never>>(
  definition: Definition<N, U, I, V, V, undefined>,
): Step<N, I & Consenting, V, V> =>
  stepOf(definition, {
    optional: false,
    itemsIn: () => [{ name: definition.name, item: undefined }],
    read: (values) => definition.value.parse(values.get(definition.name)),
  });

/** A step that some deployments have; who uses it may get nothing. */
export const defineOptionalStep = <N extends string, I, V, U extends Uses = Record<never, never>>({
  when,
  ...definition
}: Definition<N, U, I, V, V | undefined, undefined> & { when(deployment: Deployment): boolean }): Step<
  N,
  I & Consenting,
  V,
  V | undefined
> =>
  stepOf(definition, {
    optional: true,
    itemsIn: (deployment) => (when(deployment) ? [{ name: definition.name, item: undefined }] : []),
    read: (values) => (values.has(definition.name) ? definition.value.parse(values.get(definition.name)) : undefined),
  });

/** A step that is carried out once for each item; who uses it gets all values. */
export const defineStepForEach = <N extends string, I, V, Item, U extends Uses = Record<never, never>>({
  each,
  atOnce,
  ...definition
}: Definition<N, U, I, V, readonly V[], Item> & {
  each(deployment: Deployment): readonly { readonly key: string; readonly item: Item }[];
  atOnce?(settings: RunSettings): number;
}): Step<N, I & Consenting, V, readonly V[]> =>
  stepOf(definition, {
    optional: true,
    itemsIn: (deployment) => each(deployment).map(({ key, item }) => ({ name: nodeName(definition.name, key), item })),
    read: (values) =>
      [...values]
        .filter(([name]) => name.startsWith(nodeName(definition.name, '')))
        .map(([, value]) => definition.value.parse(value)),
    ...(atOnce && { atOnce }),
  });

/** The name of a step's node for one item. */
export const nodeName = (step: string, key: string): string => `${step}:${key}`;

interface Shape<R, Item> {
  readonly optional: boolean;
  itemsIn(deployment: Deployment): readonly { readonly name: string; readonly item: Item }[];
  read(values: Values): R;
  atOnce?(settings: RunSettings): number;
}

const stepOf = <N extends string, U extends Uses, I, V, R, Item>(
  definition: Definition<N, U, I, V, R, Item>,
  { optional, itemsIn, read, atOnce }: Shape<R, Item>,
): Step<N, I & Consenting, V, R> => {
  const { name, summary, value, dependsOn = [], later = false, resource } = definition;
  const uses: U | undefined = definition.uses;
  const actsOn = (deployment: Deployment) => definition.actsOn(deployment);
  const opens = (deployment: Deployment) => definition.opens?.(deployment) ?? false;
  const step: Step<N, I & Consenting, V, R> = {
    name,
    activity: name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
    summary,
    uses: { ...uses },
    dependsOn,
    later,
    optional,
    inside: definition.inside,
    reads: definition.reads ?? [],
    outlives: definition.outlives,
    usualSeconds: definition.usualSeconds,
    deadlineSeconds: definition.deadlineMinutes * 60,
    actions: definition.actions,
    resource,
    actsOn,
    opens,
    commandOrder: definition.commandOrder,
    input: z.intersection(definition.input, z.object({ consent: consentSchema.optional() })),
    value,
    report: activityResultSchema(value),
    read,
    atOnce: (settings) => atOnce?.(settings),
    nodes: (deployment) =>
      itemsIn(deployment).map(
        ({ name: node, item }): StepNode => ({
          name: node,
          step,
          inputFor: (located, values) => ({
            ...definition.from(located, readAll(uses, values), item),
            ...consentIn(located, { actsOn, opens }),
          }),
          planInputFor: (located, values) => planInput(definition, located, values, item),
        }),
      ),
    resourceId: (deployment) =>
      definition.resourceId?.(deployment) ?? (resource ? resourceIdIn(deployment, resource) : ''),
    commands: (deployment, context) => {
      const item = itemsIn(deployment).find(({ name: node }) => node === context.name);
      return (item && definition.commands?.(deployment, context, item.item)) ?? { create: [] };
    },
    updateCommand: (deployment, difference) =>
      Object.hasOwn(definition.updates ?? {}, difference.property)
        ? definition.updates?.[difference.property]?.(deployment, difference)
        : undefined,
    outputs: (deployment, values) =>
      itemsIn(deployment).length === 0
        ? {}
        : (definition.outputs?.(deployment, read(values), readAll(uses, values)) ?? {}),
  };
  return step;
};

/** @throws ZodError when one of them has not given its value. */
const readAll = <U extends Uses>(uses: U | undefined, values: Values): Used<U> =>
  checked(uses, Object.fromEntries(Object.entries(uses ?? {}).map(([key, step]) => [key, step.read(values)])));

const checked = <U extends Uses>(uses: U | undefined, used: Readonly<Record<string, unknown>>): Used<U> => {
  if (!holdsAll(uses, used)) throw new Error('A step is without the value of another that it uses.');
  return used;
};

const holdsAll = <U extends Uses>(
  uses: U | undefined,
  used: Readonly<Record<string, unknown>>,
): used is Readonly<Record<string, unknown>> & Used<U> =>
  Object.keys(uses ?? {}).every((key) => Object.hasOwn(used, key));

const planInput = <N extends string, U extends Uses, I, V, R, Item>(
  { uses, unknown, from, actsOn, opens = () => false }: Definition<N, U, I, V, R, Item>,
  deployment: LocatedDeployment,
  values: Values,
  item: Item,
): PlanInput => {
  const substitutes = new Map<string, unknown>(Object.entries(unknown ?? {}));
  const used: Record<string, unknown> = {};
  for (const [key, step] of Object.entries(uses ?? {})) {
    const isKnown = step.nodes(deployment).every(({ name }) => values.has(name));
    const substitute = substitutes.get(key);
    if (isKnown) used[key] = step.read(values);
    else if (typeof substitute === 'string') {
      return { known: false, note: `${substitute} is known after the step ${step.name}.` };
    } else used[key] = substitute;
  }
  return {
    known: true,
    input: { ...from(deployment, checked(uses, used), item), ...consentIn(deployment, { actsOn, opens }) },
  };
};
