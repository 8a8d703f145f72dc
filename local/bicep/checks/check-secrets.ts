import type { BicepFile } from '../bicep-file.ts';
import { callOf, partsOf, walk } from '../nodes.ts';
import type { Problem } from '../problem.ts';

/** Outputs stand in the history of deployments for all to read, and azd writes them into a file: no secret may be put out. */
export const checkSecrets = ({ path, root, parameters }: BicepFile): readonly Problem[] =>
  partsOf(root)
    .filter(({ type }) => type === 'output_declaration')
    .flatMap((output) => [...walk(output)])
    .filter(
      (node) =>
        (node.type === 'identifier' && parameters.get(node.text)?.secure) || callOf(node)?.name.startsWith('list'),
    )
    .map(({ text, line }) => ({ file: path, line, message: `An output would show ${text}.` }));
