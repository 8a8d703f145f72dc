import * as z from 'zod';
import type { BicepFile } from '../bicep-file.ts';
import type { Problem } from '../problem.ts';

const fileSchema = z.object({ parameters: z.record(z.string(), z.object({ value: z.unknown() })) });

/** One variable and nothing else: azd leaves a parameter alone whose variable is not set, so that the default stands in the Bicep file only. */
const VARIABLE = /^\$\{([A-Z][A-Z0-9_]*)\}$/;

/**
 * What `azd` would not find: parameters of the file that Bicep does not have and the other way round, values that are no variable of the environment,
 * and variables that the instructions do not name.
 *
 * @param documentation - the text that must name each variable.
 */
export const checkParametersFile = (
  main: BicepFile,
  path: string,
  json: string,
  documentation: string,
): readonly Problem[] => {
  const { parameters } = fileSchema.parse(JSON.parse(json));
  const lines = json.split('\n');
  const at = (name: string, message: string): Problem => ({
    file: path,
    line: lines.findIndex((line) => line.includes(`"${name}"`)) + 1,
    message,
  });
  const given = Object.entries(parameters).flatMap(([name, { value }]) => {
    if (!main.parameters.has(name)) return [at(name, `${main.path} has no parameter ${name}.`)];
    const variable = typeof value === 'string' ? VARIABLE.exec(value)?.[1] : undefined;
    if (variable === undefined) return [at(name, `${name} must be a variable of the environment, as in "\${NAME}".`)];
    return documentation.includes(`\`${variable}\``) ? [] : [at(name, `docs/deploying.md does not name ${variable}.`)];
  });
  const absent = [...main.parameters.values()]
    .filter(({ name }) => !(name in parameters))
    .map(({ name, line }) => ({ file: main.path, line, message: `${path} does not set ${name}.` }));
  return [...given, ...absent];
};
