import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { type Checker, type CheckResult, CheckStatus } from '@stryker-mutator/api/check';
import type { Mutant } from '@stryker-mutator/api/core';
import { mutatedSource } from './mutated-source.ts';

/** A copy of a source file, as it is or with a mutant. */
interface Copy {
  /** The name that it has beside the other copies. */
  readonly name: string;
  readonly source: string;
}

/**
 * Finds mutants that do not compile, for Stryker: they are no part of the score.
 *
 * Stryker's own type checker needs an API that TypeScript 7 does not have. This one writes a copy of the file for each mutant and has the compiler
 * check all copies in one run, which takes seconds for a room. A mutant that breaks only files that import it counts as compiling.
 */
export class TypeChecker implements Checker {
  readonly #root: string;
  readonly #sandbox = process.cwd();

  /** @param root - the project's root: the sandbox holds instrumented files. */
  constructor(root: string) {
    this.#root = root;
  }

  async init(): Promise<void> {}

  /** All at once: the compiler reads the project once for all of them. */
  async group(mutants: Mutant[]): Promise<string[][]> {
    return [mutants.map(({ id }) => id)];
  }

  async check(mutants: Mutant[]): Promise<Record<string, CheckResult>> {
    const folder = join(this.#root, 'out/mutation/types', String(process.pid));
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    try {
      const broken = await this.#compile(folder, mutants);
      return Object.fromEntries(mutants.map(({ id }) => [id, resultOf(broken.get(`m${id}.ts`))]));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Returns the first error of each copy that has one. */
  async #compile(folder: string, mutants: readonly Mutant[]): Promise<ReadonlyMap<string, string>> {
    const copies: Copy[] = [];
    for (const [fileName, ofFile] of Map.groupBy(mutants, (mutant) => mutant.fileName)) {
      const file = join(this.#root, relative(this.#sandbox, fileName));
      const source = await readFile(file, 'utf8');
      const copy = (name: string, text: string): Copy => ({ name, source: movedImports(text, dirname(file), folder) });
      copies.push(copy(`original-${ofFile[0]?.id}.ts`, source));
      copies.push(...ofFile.map((mutant) => copy(`m${mutant.id}.ts`, mutatedSource(source, mutant))));
    }
    await Promise.all(copies.map(({ name, source }) => writeFile(join(folder, name), source)));
    const config = {
      extends: relative(folder, join(this.#root, 'tsconfig.json')),
      // What a mutant leaves unused is still a program.
      compilerOptions: { noUnusedLocals: false, noUnusedParameters: false },
      include: ['*.ts'],
      exclude: [],
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const errors = errorsIn(await runCompiler(this.#root, folder));
    const [original] = [...errors].filter(([name]) => name.startsWith('original-'));
    if (original) throw new Error(`A file that is not mutated does not compile as a copy: ${original.join(': ')}`);
    return errors;
  }
}

const resultOf = (error: string | undefined): CheckResult =>
  error === undefined ? { status: CheckStatus.Passed } : { status: CheckStatus.CompileError, reason: error };

/** Rewrites the relative imports of a file that stands in another folder now. */
const movedImports = (source: string, from: string, to: string): string =>
  source.replaceAll(/(?<=(?:from|import|import\()\s*')\.{1,2}\/[^']+(?=')/g, (path) => relative(to, join(from, path)));

const runCompiler = (root: string, folder: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const args = [compiler, '--noEmit', '--pretty', 'false', '-p', folder];
    execFile(process.execPath, args, { maxBuffer: 2 ** 28, cwd: folder }, (error, stdout, stderr) => {
      // Errors in the code are what is asked for; anything else is not.
      if (error && !stdout.includes('error TS')) reject(new Error(`tsc failed: ${stderr || error.message}`));
      else resolve(stdout);
    });
  });

/** Reads the compiler's output: the first error of each file in its working folder. */
const errorsIn = (output: string): Map<string, string> => {
  const errors = new Map<string, string>();
  for (const [, name, message] of output.matchAll(/^([^\s(/]+\.ts)\(\d+,\d+\): error (.*)$/gm)) {
    if (name !== undefined && message !== undefined && !errors.has(name)) errors.set(name, message);
  }
  return errors;
};
