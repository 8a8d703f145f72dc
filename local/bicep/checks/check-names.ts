import type { BicepFile } from '../bicep-file.ts';
import type { BicepNode } from '../bicep-parser.ts';
import { FUNCTIONS } from '../functions.ts';
import { partsOf, walk } from '../nodes.ts';
import type { Problem } from '../problem.ts';

/** Names that nothing declares, and parameters and variables that nothing uses. */
export const checkNames = (file: BicepFile): readonly Problem[] => {
  const { path, parameters, variables, modules, resources, root } = file;
  const declared = new Set([
    ...parameters.keys(),
    ...variables.keys(),
    ...modules.keys(),
    ...resources.keys(),
    ...loopNames(root),
  ]);
  const used = [...walk(root)].flatMap(usesIn);
  const unknown = used
    .filter(({ text }) => !declared.has(text) && !FUNCTIONS.has(text))
    .map(({ text, line }) => ({ file: path, line, message: `${text} is not declared.` }));
  const names = new Set(used.map(({ text }) => text));
  const unused = [...parameters, ...variables]
    .filter(([name]) => !names.has(name))
    .map(([name, { line }]) => ({ file: path, line, message: `${name} is declared but not used.` }));
  return [...unknown, ...unused];
};

/** The identifiers right below a node that mean a value or a function; the others name something. */
const usesIn = (node: BicepNode): readonly BicepNode[] => {
  const parts = partsOf(node);
  const named =
    node.type.endsWith('_declaration') || node.type === 'object_property' || node.type === 'lambda_expression'
      ? parts[0]
      : node.type === 'for_statement'
        ? node.fields.initializer
        : undefined;
  return parts.filter((part) => part.type === 'identifier' && part !== named);
};

/** The variables of loops and lambdas, wherever they are: their reach is not checked. */
const loopNames = (root: BicepNode): readonly string[] =>
  [...walk(root)].flatMap((node) => {
    if (node.type === 'lambda_expression') return [partsOf(node)[0]?.text ?? ''];
    if (node.type === 'loop_variable' || node.type === 'loop_enumerator') return [node.text];
    const initializer = node.type === 'for_statement' ? node.fields.initializer : undefined;
    return initializer?.type === 'identifier' ? [initializer.text] : [];
  });
