import type { BicepFile } from '../bicep-file.ts';
import { walk } from '../nodes.ts';
import type { Problem } from '../problem.ts';

/** Where the grammar could not read on. */
export const checkSyntax = ({ path, root }: BicepFile): readonly Problem[] =>
  [...walk(root)]
    .filter(({ fault }) => fault !== undefined)
    .map(({ type, text, line, fault }) => ({
      file: path,
      line,
      message:
        fault === 'missing'
          ? `Syntax error: ${type} is missing.`
          : `Syntax error at: ${(text.split('\n')[0] ?? '').slice(0, 60)}`,
    }));
