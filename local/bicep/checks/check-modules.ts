import type { BicepFile, BicepModule } from '../bicep-file.ts';
import { keyAndValue, partsOf, walk } from '../nodes.ts';
import type { Problem } from '../problem.ts';
import { type InfraProject, interfaceOf, pathFrom } from '../project.ts';
import { type OutputType, outputReference, shapeOf } from '../shape-of.ts';
import { checkValue } from './check-value.ts';

/** What modules are given that they do not take or not so, what they need and are not given, and outputs that they do not have. */
export const checkModules = (project: InfraProject, file: BicepFile): readonly Problem[] =>
  [
    ...[...file.modules.values()].flatMap((module) => [
      ...checkCall(project, file, module),
      ...checkScope(project, file, module),
    ]),
    ...checkOutputs(project, file),
  ].map((complaint) => ({ file: file.path, ...complaint }));

const checkCall = (project: InfraProject, file: BicepFile, { symbol, source, params, line }: BicepModule) => {
  const known = interfaceOf(project, file, source);
  if (known === undefined) return [];
  const given = new Map(
    (params ? partsOf(params) : []).map((property) => [
      keyAndValue(property).key ?? '',
      { property, ...keyAndValue(property) },
    ]),
  );
  const missing = Object.entries(known.parameters)
    .filter(([name, { optional }]) => !optional && !given.has(name))
    .map(([name]) => ({ line, message: `${symbol} needs ${name}.` }));
  const wrong = [...given].flatMap(([name, { property, value }]) => {
    const type = known.parameters[name];
    if (type === undefined) return [{ line: property.line, message: `${symbol} does not take ${name}.` }];
    if (value === undefined) return [];
    const shape = shapeOf(file, outputTypeIn(project), value);
    return checkValue(known, type, { ...shape, line: property.line }, name);
  });
  return [...missing, ...wrong];
};

/** A module for a resource group cannot be deployed at a subscription, nor the other way round, unless it is said where. */
const checkScope = (project: InfraProject, file: BicepFile, { symbol, source, scope, line }: BicepModule) => {
  const target = source.startsWith('br')
    ? 'resourceGroup'
    : project.bicep.get(pathFrom(file.path, source))?.targetScope;
  return target === undefined || target === file.targetScope || scope !== undefined
    ? []
    : [{ line, message: `${symbol} is for a ${target}, so it needs a scope here.` }];
};

const checkOutputs = (project: InfraProject, file: BicepFile) =>
  [...walk(file.root)].flatMap((node) => {
    const reference = node.type === 'member_expression' ? outputReference(node) : undefined;
    const module = reference && file.modules.get(reference.module);
    const known = module && interfaceOf(project, file, module.source);
    return reference && known && !(reference.name in known.outputs)
      ? [{ line: node.line, message: `${reference.module} has no output ${reference.name}.` }]
      : [];
  });

/** The types of outputs, wherever the module is from. */
export const outputTypeIn =
  (project: InfraProject): OutputType =>
  (file: BicepFile, symbol: string, output: string) => {
    const module = file.modules.get(symbol);
    return module && interfaceOf(project, file, module.source)?.outputs[output];
  };
