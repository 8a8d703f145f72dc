import * as z from 'zod';
import { defineCommand } from '../../../command-line/command.ts';
import { projectRoot } from '../../project.ts';

/** `npm run check:infra`. */
export const checkInfra = defineCommand({
  name: 'check:infra',
  summary:
    'Checks azure.yaml and the Bicep files: syntax, names, parameters, outputs, modules of the registry, app settings.',
  flags: z.object({
    'write-interfaces': z.string().optional().meta({
      argument: 'DIR',
      description:
        'first write local/bicep/interfaces anew, from clones of bicep-registry-modules and bicep-types-az in this folder',
    }),
  }),
  run: async ({ 'write-interfaces': clone }) => {
    const { loadBicepParser } = await import('../../bicep/bicep-parser.ts');
    const { checkInfra: check } = await import('../../bicep/check-infra.ts');
    const { readProject } = await import('../../bicep/read-project.ts');
    const { readBicepFile } = await import('../../bicep/read-bicep-file.ts');
    const parse = await loadBicepParser();
    if (clone !== undefined) {
      const { writeInterfaces } = await import('../../bicep/write-interfaces.ts');
      const { texts } = await readProject(projectRoot);
      const files = [...texts]
        .filter(([path]) => path.endsWith('.bicep'))
        .map(([path, text]) => readBicepFile(path, parse(text)));
      for (const source of await writeInterfaces(projectRoot, clone, files))
        console.log(`Wrote the interface of ${source}.`);
    }
    const sources = await readProject(projectRoot);
    const problems = check(parse, sources);
    for (const { file, line, message } of problems) console.log(`${file}:${line}: ${message}`);
    const bicep = [...sources.texts.keys()].filter((path) => path.endsWith('.bicep')).length;
    console.log(
      `${bicep} Bicep files, ${sources.interfaces.size} modules of the registry, ${sources.settings.app.size} settings of the app: ${problems.length === 0 ? 'ok' : `${problems.length} problems`}`,
    );
    return problems.length === 0 ? 0 : 1;
  },
});
