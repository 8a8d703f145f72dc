import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as z from 'zod';
import { defineCommand } from '../../../command-line/command.ts';
import { CommandError } from '../../../command-line/command-errors.ts';
import { pathFlag } from '../../../command-line/flags.ts';
import { buildApp } from '../../build/build-app.ts';
import { BACKENDS, DEFAULT_BACKEND } from '../../packaging/backends.ts';
import { inProject, projectRoot } from '../../project.ts';

/** What the zip may take, in bytes: what is larger starts slowly, and holds what does not belong there. */
const LIMIT = 30_000_000;

/** `npm run package`. */
export const packageApp = defineCommand({
  name: 'package',
  summary: 'Writes what is deployed to Azure: the folder out/package and the same as out/airflow-on-aks.zip.',
  flags: z.object({
    backend: z
      .enum(BACKENDS, { error: `must be ${BACKENDS.join(' or ')}` })
      .default(DEFAULT_BACKEND)
      .meta({
        argument: 'NAME',
        description: `${BACKENDS.join(' or ')}: where the durable state lives (${DEFAULT_BACKEND})`,
      }),
    output: pathFlag('folder')
      .default(inProject('out'))
      .meta({ argument: 'DIR', description: 'where both are written, made if missing (out)' }),
  }),
  run: async ({ backend, output }) => {
    await buildApp(projectRoot, console.error);
    // Loaded here, since the other commands have no use for them.
    const [{ stagePackage }, { zipOf }] = await Promise.all([
      import('../../packaging/stage-package.ts'),
      import('../../packaging/zip.ts'),
    ]);
    const folder = join(output, 'package');
    const zipFile = join(output, 'airflow-on-aks.zip');
    mkdirSync(output, { recursive: true });
    console.error('Installing the dependencies, without those for development…');
    await stagePackage(projectRoot, folder, backend);
    const zip = zipOf(folder);
    writeFileSync(zipFile, zip);
    const shown = (path: string): string => relative(process.cwd(), path) || '.';
    console.log(`The package, for ${backend}: ${shown(folder)}`);
    const size = `${shown(zipFile)}: ${(zip.length / 1e6).toFixed(1)} MB (${zip.length} bytes)`;
    if (zip.length > LIMIT) {
      const remedy = 'Leave out what Node does not load (.funcignore), or a dependency.';
      throw new CommandError(`The zip is larger than ${LIMIT / 1e6} MB. ${remedy}\n${size}`);
    }
    console.log(size);
    return 0;
  },
});
