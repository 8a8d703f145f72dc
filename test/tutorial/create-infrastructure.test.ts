import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inProject } from '../../local/project.ts';

const file = inProject('test', 'tutorial', 'create-infrastructure.sh');

/**
 * The code blocks of "Create the infrastructure for running Apache Airflow on Azure Kubernetes Service" (learn.microsoft.com/azure/aks/airflow-create-infrastructure,
 * the edition with airflow 2.9.3), one after another, each taken out of its indentation, with an empty line between two, and nothing else: also
 * the blanks at the ends of lines are the tutorial's.
 */
const SHA_256 = '0469c3b74e0a4410debda20ed1fc6e14fe0e2f0fbc700a1d60e72684dbb3247c';

it("is the tutorial's text, to the letter", () => {
  expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(SHA_256);
});

it('bash runs it as a whole: fourteen variables, then the commands in their order, each with the values that it names', () => {
  const az = `az() { echo "$1 $2" >&3; case "$*" in *--query*) echo "a value" ;; esac; }; source "$0"; echo "$OIDC_URL, $random" >&3`;
  const calls = execFileSync('bash', ['-c', `exec 3>&1 >/dev/null; ${az}`, file], { encoding: 'utf8' });
  const lines = calls.trim().split('\n');
  expect(lines.at(-1)).toMatch(/^a value, [a-j]{1,5}$/);
  expect(lines.slice(0, -1)).toEqual([
    'group create',
    'identity create',
    ...Array.from({ length: 3 }, () => 'identity show'),
    'keyvault create',
    ...Array.from({ length: 2 }, () => 'keyvault show'),
    'acr create',
    'acr show',
    'storage account',
    'storage account',
    'storage container',
    ...Array.from({ length: 2 }, () => 'keyvault secret'),
    'aks create',
    ...Array.from({ length: 2 }, () => 'aks show'),
    'role assignment',
    'aks get-credentials',
    ...Array.from({ length: 6 }, () => 'acr import'),
  ]);
});
