import type { RegisteredFunction } from './app-registry.ts';
import type { Binding } from './core-types.ts';

/** A function that the app registered, as the host lists it. */
export interface LoadedFunction {
  readonly name: string;
  readonly bindings: Readonly<Record<string, Binding>>;
  /** The trigger's type as written, e.g. `httpTrigger`. */
  readonly triggerType: string;
  /** The key of the trigger among the bindings. */
  readonly triggerName: string;
  readonly trigger: Binding;
  readonly registered: RegisteredFunction;
}

const FUNCTION_NAME = /^[a-z][a-z0-9_-]{0,127}$/i;
const BINDING_NAME = /^([a-zA-Z][a-zA-Z0-9]{0,127}|\$return)$/;

/**
 * What the host makes of a registration; the checks are those of azure-functions-host `Utility.cs` and `FunctionDescriptorProvider.cs`.
 *
 * @throws when the host would list the function as "in error".
 */
export const toLoadedFunction = (registered: RegisteredFunction): LoadedFunction => {
  const { name, bindings } = registered.metadata;
  if (!FUNCTION_NAME.test(name) || name.toLowerCase() === 'host')
    throw new Error(`'${name}' is not a valid function name.`);
  for (const bindingName of Object.keys(bindings)) {
    if (!BINDING_NAME.test(bindingName))
      throw new Error(`The binding name ${bindingName} is invalid. Please assign a valid name to the binding.`);
  }
  const triggers = Object.entries(bindings).filter(([, binding]) => /trigger$/i.test(binding.type));
  const [first] = triggers;
  if (!first) throw new Error('No trigger binding specified. A function must have a trigger input binding.');
  if (triggers.length > 1)
    throw new Error('Multiple trigger bindings defined. A function can only have a single trigger binding.');
  const [triggerName, trigger] = first;
  return { name, bindings, triggerType: trigger.type, triggerName, trigger, registered };
};

/** Names, in lower case, that settings `AzureWebJobs.<name>.Disabled` turn off (azure-functions-host `Utility.IsFunctionDisabled`). */
export const disabledNames = (): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const [key, value] of Object.entries(process.env)) {
    const name = /^azurewebjobs[._](.+)[._]disabled$/i.exec(key)?.[1];
    if (name !== undefined && (value === '1' || value?.toLowerCase() === 'true')) names.add(name.toLowerCase());
  }
  return names;
};
