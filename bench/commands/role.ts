import { readFile, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { defineCommand } from '../../command-line/command.ts';
import { buildApp } from '../../local/build/build-app.ts';
import { inProject, projectRoot } from '../../local/project.ts';

/** `npm run role`. */
export const role = defineCommand({
  name: 'role',
  summary:
    'Writes the custom role infra/roles/deployer.json and the table of docs/permissions.md from the requests that the app makes.',
  flags: z.object({}),
  run: async () => {
    await buildApp(projectRoot, console.error);
    const { recordActions } = await import('../role/record-actions.ts');
    const { deployerRole, ROLE_FILE, roleText } = await import('../role/deployer-role.ts');
    const { permissionsTable, withTable } = await import('../role/permissions-table.ts');
    const asked = await recordActions();
    const deployer = deployerRole(asked.keys());
    await writeFile(ROLE_FILE, roleText(deployer));
    console.error(`Wrote infra/roles/deployer.json: ${deployer.actions.length} actions.`);
    const page = inProject('docs', 'permissions.md');
    await writeFile(page, withTable(await readFile(page, 'utf8'), permissionsTable(asked)));
    console.error('Wrote the table of docs/permissions.md.');
    return 0;
  },
});
