import type { BicepFile } from '../bicep-file.ts';
import type { Problem } from '../problem.ts';
import type { InfraProject } from '../project.ts';
import { type OutputType, shapeOf } from '../shape-of.ts';
import { checkValue } from './check-value.ts';

/** What stands in a resource for Bicep and not for Azure. */
const OF_BICEP = new Set(['dependsOn', 'parent', 'scope']);

/** Resources of unknown type or version, and what they are given that they do not take or not so. */
export const checkResources = (project: InfraProject, file: BicepFile, outputType: OutputType): readonly Problem[] =>
  [...file.resources.values()].flatMap(({ symbol, type, body, line }) => {
    const at = (message: string, where = line): Problem => ({ file: file.path, line: where, message });
    if (body === undefined) return [];
    const known = project.resources.get(type);
    if (known === undefined) return [at(`${type} is not known: see "Changing the files" in docs/deploying.md.`)];
    const shape = shapeOf(file, outputType, body);
    if (shape.kind !== 'object' || shape.properties === undefined) return [];
    const given = new Map([...shape.properties].filter(([name]) => !OF_BICEP.has(name)));
    return checkValue({ definitions: {}, roles: [] }, known, { ...shape, line, properties: given }, symbol).map(
      (complaint) => at(complaint.message, complaint.line),
    );
  });
