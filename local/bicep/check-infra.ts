import type { ParseBicep } from './bicep-parser.ts';
import { checkAzdProject } from './checks/check-azd-project.ts';
import { checkFiles } from './checks/check-files.ts';
import { checkModules, outputTypeIn } from './checks/check-modules.ts';
import { checkNames } from './checks/check-names.ts';
import { checkParametersFile } from './checks/check-parameters-file.ts';
import { checkResources } from './checks/check-resources.ts';
import { checkSecrets } from './checks/check-secrets.ts';
import { checkSettings } from './checks/check-settings.ts';
import { checkSyntax } from './checks/check-syntax.ts';
import type { Problem } from './problem.ts';
import type { InfraProject } from './project.ts';
import { readBicepFile } from './read-bicep-file.ts';

const MAIN = 'infra/main.bicep';

/**
 * Everything that can be said against the infrastructure's files without Azure and without the Bicep compiler.
 *
 * @returns problems by file and line; none when all is well.
 */
export const checkInfra = (parse: ParseBicep, sources: Omit<InfraProject, 'bicep'>): readonly Problem[] => {
  const { texts } = sources;
  const text = (path: string): string => texts.get(path) ?? '';
  const bicep = new Map(
    [...texts]
      .filter(([path]) => path.endsWith('.bicep'))
      .map(([path, source]) => [path, readBicepFile(path, parse(source))]),
  );
  const project: InfraProject = { ...sources, bicep };
  const main = bicep.get(MAIN);
  const files = [...bicep.values()];
  const broken = files.flatMap(checkSyntax);
  // What stands beside a syntax error cannot be trusted: it would be reported as missing.
  const problems =
    broken.length > 0 || main === undefined
      ? broken
      : [
          ...checkFiles(project),
          ...files.flatMap((file) => [
            ...checkNames(file),
            ...checkModules(project, file),
            ...checkResources(project, file, outputTypeIn(project)),
            ...checkSecrets(file),
          ]),
          ...checkParametersFile(
            main,
            'infra/main.parameters.json',
            text('infra/main.parameters.json'),
            text('docs/deploying.md'),
          ),
          ...checkSettings(main, project.settings),
          ...checkAzdProject('azure.yaml', text('azure.yaml'), text('infra/modules/app.bicep')),
        ];
  return problems.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
};
