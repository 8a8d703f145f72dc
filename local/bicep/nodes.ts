import type { BicepNode } from './bicep-parser.ts';

/** The children that mean something: no punctuation, no comments. */
export const partsOf = (node: BicepNode): readonly BicepNode[] =>
  node.children.filter((child) => child.isNamed && child.type !== 'comment');

/** A node and all below it. */
export function* walk(node: BicepNode): Generator<BicepNode> {
  yield node;
  for (const child of node.children) yield* walk(child);
}

/** What a string says, undefined when it is put together of parts. */
export const textOf = (node: BicepNode): string | undefined =>
  node.type === 'string' && !node.children.some((child) => child.type === 'interpolation')
    ? node.text.slice(1, -1).replaceAll("\\'", "'").replaceAll('\\$', '$')
    : undefined;

/** The name and the value of `name: value`. */
export const keyAndValue = (property: BicepNode): { key: string | undefined; value: BicepNode | undefined } => {
  const [key, value] = partsOf(property);
  return { key: key && (key.type === 'identifier' ? key.text : textOf(key)), value };
};

/** The property of an object literal by its name. */
export const propertyOf = (object: BicepNode | undefined, name: string): BicepNode | undefined => {
  for (const property of object ? partsOf(object) : []) {
    const { key, value } = keyAndValue(property);
    if (key === name) return value;
  }
  return undefined;
};

/** The function of a call and what it is given. */
export const callOf = (node: BicepNode): { name: string; given: readonly BicepNode[] } | undefined => {
  if (node.type !== 'call_expression') return undefined;
  const given = node.fields.arguments;
  return { name: node.fields.function?.text ?? '', given: given ? partsOf(given) : [] };
};
