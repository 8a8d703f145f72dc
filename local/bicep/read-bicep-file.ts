import type { BicepFile, BicepModule, BicepParameter, BicepResource } from './bicep-file.ts';
import type { BicepNode } from './bicep-parser.ts';
import { callOf, partsOf, propertyOf, textOf } from './nodes.ts';

/** What a parsed file declares. Of a file with syntax errors only what could be read. */
export const readBicepFile = (path: string, root: BicepNode): BicepFile => {
  const parameters = new Map<string, BicepParameter>();
  const variables = new Map<string, BicepNode>();
  const modules = new Map<string, BicepModule>();
  const resources = new Map<string, BicepResource>();
  const outputs = new Map<string, string>();
  let targetScope = 'resourceGroup';
  let decorators: readonly BicepNode[] = [];
  for (const node of partsOf(root)) {
    const [name, second, third] = partsOf(node);
    if (node.type === 'decorators') decorators = partsOf(node);
    else if (node.type === 'target_scope_assignment') targetScope = (name && textOf(name)) ?? '';
    else if (name && node.type === 'parameter_declaration')
      parameters.set(name.text, readParameter(name, second, third, decorators));
    else if (name && second && node.type === 'variable_declaration') variables.set(name.text, second);
    else if (name && second && node.type === 'module_declaration')
      modules.set(name.text, readModule(name, second, third));
    else if (name && second && node.type === 'resource_declaration')
      resources.set(name.text, readResource(node, name, second, third));
    else if (name && second && node.type === 'output_declaration') outputs.set(name.text, second.text);
    if (node.type !== 'decorators') decorators = [];
  }
  return { path, root, targetScope, parameters, variables, modules, resources, outputs };
};

const readParameter = (
  name: BicepNode,
  type: BicepNode | undefined,
  preset: BicepNode | undefined,
  decorators: readonly BicepNode[],
): BicepParameter => {
  const calls = decorators.flatMap((decorator) => partsOf(decorator).map(callOf));
  const allowed = calls.find((call) => call?.name === 'allowed')?.given[0];
  const written = type?.text ?? '';
  return {
    name: name.text,
    type: written.replace(/\?$/, ''),
    optional: preset !== undefined || written.endsWith('?'),
    nullable: written.endsWith('?'),
    secure: calls.some((call) => call?.name === 'secure'),
    allowed: allowed && partsOf(allowed).map((value) => textOf(value) ?? value.text),
    line: name.line,
  };
};

/** The object of a module stands by itself, behind a condition or in a loop. */
const bodyOf = (node: BicepNode | undefined): BicepNode | undefined => {
  if (node === undefined || node.type === 'object') return node;
  const body = node.fields.body ?? partsOf(node).at(-1);
  return body === node ? undefined : bodyOf(body);
};

const readModule = (name: BicepNode, source: BicepNode, body: BicepNode | undefined): BicepModule => {
  const object = bodyOf(body);
  return {
    symbol: name.text,
    source: textOf(source) ?? '',
    params: propertyOf(object, 'params'),
    scope: propertyOf(object, 'scope'),
    line: name.line,
  };
};

const readResource = (
  node: BicepNode,
  name: BicepNode,
  type: BicepNode,
  body: BicepNode | undefined,
): BicepResource => ({
  symbol: name.text,
  type: textOf(type) ?? '',
  body: node.children.some((child) => child.type === 'existing') ? undefined : bodyOf(body),
  line: name.line,
});
