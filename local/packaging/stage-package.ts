import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Backend } from './backends.ts';
import { deployedPackageJson } from './deployed-package-json.ts';
import { filesUnder } from './files-under.ts';
import { parseFuncignore } from './funcignore.ts';
import { hostJson } from './host-json.ts';
import { installDependencies } from './install-dependencies.ts';

/**
 * Puts what is deployed into a folder, whatever was in it before: the compiled app, host.json for a backend, package.json, and the production
 * dependencies at the lock file's versions. Of what lies in the project's folder beside these nothing is taken, so that no forgotten file gets
 * into Azure; of these the files that .funcignore names are left out.
 *
 * @param root - the project's root folder, with an up-to-date `dist`.
 */
export const stagePackage = async (root: string, folder: string, backend: Backend): Promise<void> => {
  const isDeployed = parseFuncignore(readFileSync(join(root, '.funcignore'), 'utf8'));
  const writeJson = (name: string, value: unknown): void =>
    writeFileSync(join(folder, name), `${JSON.stringify(value, undefined, 2)}\n`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });

  for (const name of FOR_NPM) cpSync(join(root, name), join(folder, name));
  await installDependencies(folder);
  for (const name of FOR_NPM) rmSync(join(folder, name));

  for (const file of filesUnder(join(root, 'dist'))) {
    const path = `dist/${file}`;
    if (!isDeployed(path)) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
  }
  writeJson('host.json', hostJson(root, backend));
  writeJson('package.json', deployedPackageJson(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))));
  // Links to the packages' commands; a zip cannot hold them on every system.
  rmSync(join(folder, 'node_modules', '.bin'), { recursive: true, force: true });
  for (const file of filesUnder(folder)) if (!isDeployed(file)) rmSync(join(folder, file));
};

const FOR_NPM = ['package.json', 'package-lock.json', '.npmrc'];
