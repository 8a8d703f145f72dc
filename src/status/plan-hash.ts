import { createHash } from 'node:crypto';
import { canonicalJson } from '../deployment/names/canonical-json.ts';
import type { Finding } from '../deployment/plan/finding.ts';
import type { PlanStep } from '../deployment/plan/plan.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';

/** What a plan was made of, part by part. All images are one part. */
const parts = [
  'request',
  'findings',
  'resource-group',
  'identity',
  'key-vault',
  'ssh-key',
  'registry',
  'storage',
  'container',
  'cluster',
  'image',
  'secrets',
  'acr-pull',
  'vault-access',
  'federated-credential',
] as const;

/** Hex digits of the hash that a part has to itself. */
const DIGITS = 2;
const WHOLE_DIGITS = 64 - DIGITS * parts.length;

interface Hashed {
  readonly steps: readonly Pick<PlanStep, 'name' | 'action' | 'changes'>[];
  readonly findings: readonly Finding[];
}

/**
 * 64 hex digits of the resolved deployment and of everything about the world that was compared with it: what each step would do, and what the preflight found. The
 * first 34 are of the whole; then two for each part, so that without keeping any plan it can be told what has moved since.
 */
export const planHash = (deployment: Deployment, { steps, findings }: Hashed): string => {
  const contents = parts.map((part) => {
    if (part === 'request') return { ...deployment, tags: Object.fromEntries(deployment.tags) };
    if (part === 'findings') return findings.map(({ rule, severity, step }) => ({ rule, severity, step }));
    return steps
      .filter(({ name }) => partOf(name) === part || (part === 'image' && name.startsWith('image:')))
      .map(({ name, action, changes }) => ({ name, action, changes }));
  });
  const digests = contents.map((content) => sha256(canonicalJson(content)));
  return sha256(digests.join('')).slice(0, WHOLE_DIGITS) + digests.map((digest) => digest.slice(0, DIGITS)).join('');
};

/** Rights on a subnet are a part of the cluster, those on the logs of the storage account, a lock of the group: a part more would change every hash. */
const partOf = (step: string): string => PART_OF[step] ?? step;

const PART_OF: Readonly<Record<string, string>> = {
  'network-access': 'cluster',
  'logs-access': 'storage',
  lock: 'resource-group',
};

/** Which parts differ between two hashes. Two digits miss one difference in 256; the whole does not. */
export const movedParts = (before: string, now: string): readonly string[] =>
  parts.filter((_, index) => {
    const start = WHOLE_DIGITS + index * DIGITS;
    return before.slice(start, start + DIGITS) !== now.slice(start, start + DIGITS);
  });

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
