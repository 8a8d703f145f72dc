import type { BicepFile } from './bicep-file.ts';
import type { BicepNode } from './bicep-parser.ts';
import { callOf, keyAndValue, partsOf, textOf } from './nodes.ts';
import { type Shape, shapeOfCall, shapeOfType } from './shape.ts';

/** The type of `<module>.outputs.<name>`, undefined when it is not known. */
export type OutputType = (file: BicepFile, module: string, output: string) => string | undefined;

/**
 * What is known of an expression's value: literals, and what parameters, variables and outputs of modules are declared to be.
 *
 * @param file - where the expression stands.
 */
export const shapeOf = (file: BicepFile, outputType: OutputType, expression: BicepNode): Shape => {
  const within = (node: BicepNode): Shape => shapeOf(file, outputType, node);
  const line = expression.line;
  const unknown: Shape = { kind: 'unknown', line };
  const of = (name: string): Shape => {
    const node = expression.fields[name];
    return node ? within(node) : unknown;
  };
  switch (expression.type) {
    case 'string':
      return { kind: 'string', value: textOf(expression), line };
    case 'number':
      return { kind: 'int', value: Number(expression.text), line };
    case 'boolean':
      return { kind: 'bool', line };
    case 'null':
      return { kind: 'null', line };
    case 'array':
      return { kind: 'array', items: partsOf(expression).map(within), line };
    case 'object':
      return { kind: 'object', properties: propertiesOf(expression, within), line };
    case 'for_statement':
      return { kind: 'array', items: [of('body')], line };
    case 'ternary_expression':
      return { kind: 'either', of: [of('consequence'), of('alternative')], line };
    case 'binary_expression':
      return shapeOfBinary(expression, of, line);
    case 'unary_expression':
      return expression.fields.operator?.text === '!' ? { kind: 'bool', line } : unknown;
    case 'identifier':
      return shapeOfName(file, expression, within);
    case 'call_expression':
      return shapeOfFunction(expression, within);
    case 'member_expression':
      return shapeOfMember(file, outputType, expression);
    case 'parenthesized_expression': {
      const [inner] = partsOf(expression);
      return inner ? within(inner) : unknown;
    }
    default:
      return unknown;
  }
};

const propertiesOf = (
  object: BicepNode,
  within: (node: BicepNode) => Shape,
): ReadonlyMap<string, Shape> | undefined => {
  const properties = new Map<string, Shape>();
  for (const property of partsOf(object)) {
    const { key, value } = keyAndValue(property);
    if (key === undefined) return undefined;
    properties.set(key, value ? { ...within(value), line: property.line } : { kind: 'unknown', line: property.line });
  }
  return properties;
};

const COMPARISONS = new Set(['==', '!=', '=~', '!~', '<', '<=', '>', '>=', '&&', '||']);

const shapeOfBinary = (expression: BicepNode, of: (name: string) => Shape, line: number): Shape => {
  const operator = expression.fields.operator?.text ?? '';
  if (COMPARISONS.has(operator)) return { kind: 'bool', line };
  if (operator !== '??') return { kind: 'int', line };
  const left = of('left');
  const present = left.kind === 'either' ? left.of.filter(({ kind }) => kind !== 'null') : [left];
  return { kind: 'either', of: [...present, of('right')], line };
};

const shapeOfName = (file: BicepFile, name: BicepNode, within: (node: BicepNode) => Shape): Shape => {
  const line = name.line;
  const parameter = file.parameters.get(name.text);
  if (parameter) {
    const shape = shapeOfType(parameter.type, line);
    return parameter.nullable ? { kind: 'either', of: [shape, { kind: 'null', line }], line } : shape;
  }
  const value = file.variables.get(name.text);
  return value ? within(value) : { kind: 'unknown', line };
};

const shapeOfFunction = (call: BicepNode, within: (node: BicepNode) => Shape): Shape => {
  const { name = '', given = [] } = callOf(call) ?? {};
  const line = call.line;
  // What a filter lets through is not known, but all of it must be right.
  if (name === 'filter' && given[0]) return { kind: 'array', items: itemsOf(within(given[0])), line };
  if (name !== 'concat') return shapeOfCall(name, line);
  return { kind: 'array', items: given.flatMap((argument) => itemsOf(within(argument))), line };
};

const itemsOf = (shape: Shape): readonly Shape[] => {
  if (shape.kind === 'either') return shape.of.flatMap(itemsOf);
  return shape.kind === 'array' ? shape.items : [];
};

/** `module.outputs.name`; a condition or a loop stands between in the tree as `!` or an index. */
const shapeOfMember = (file: BicepFile, outputType: OutputType, member: BicepNode): Shape => {
  const output = outputReference(member);
  const type = output && outputType(file, output.module, output.name);
  return shapeOfType(type ?? '', member.line);
};

/** The module and the output that `module.outputs.name` names; undefined for any other member. */
export const outputReference = (member: BicepNode): { module: string; name: string } | undefined => {
  const name = member.fields.property?.text;
  const outputs = member.fields.object;
  if (name === undefined || outputs?.fields.property?.text !== 'outputs') return undefined;
  const module = outputs.fields.object;
  const symbol = module?.type === 'subscript_expression' ? module.fields.object : module;
  return symbol?.type === 'identifier' ? { module: symbol.text, name } : undefined;
};
