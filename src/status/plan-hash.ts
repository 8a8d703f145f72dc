import { createHash } from 'node:crypto';
import { canonicalJson } from '../deployment/names/text/canonical-json.ts';
import { essenceOf, type Finding } from '../deployment/plan/finding.ts';
import type { PlanStep } from '../deployment/plan/plan.ts';
import type { Deployment } from '../deployment/request/resolve-deployment.ts';
import { allSteps } from '../steps/all-steps.ts';
import { nodeName } from '../steps/define-step.ts';

/** What a plan was made of, part by part: the request, the findings and every step. All nodes of a step are one part. */
const parts = ['request', 'findings', ...allSteps.map(({ name }) => name)] as const;

/** Hex digits of the hash that a part has to itself. */
const DIGITS = 2;
const WHOLE_DIGITS = 64 - DIGITS * parts.length;

interface Hashed {
  readonly steps: readonly Pick<PlanStep, 'name' | 'action' | 'changes'>[];
  readonly findings: readonly Finding[];
}

/**
 * 64 hex digits of the resolved deployment and of everything about the world that was compared with it: what each step would do, and what the preflight found. The
 * first are of the whole; then two for each part, so that without keeping any plan it can be found out what has changed since.
 */
export const planHash = ({ needsConsent: _, ...deployment }: Deployment, { steps, findings }: Hashed): string => {
  const contents = parts.map((part) => {
    if (part === 'request') return { ...deployment, tags: Object.fromEntries(deployment.tags) };
    if (part === 'findings') return findings.map(essenceOf);
    return steps
      .filter(({ name }) => name === part || name.startsWith(nodeName(part, '')))
      .map(({ name, action, changes }) => ({ name, action, changes }));
  });
  const digests = contents.map((content) => sha256(canonicalJson(content)));
  return sha256(digests.join('')).slice(0, WHOLE_DIGITS) + digests.map((digest) => digest.slice(0, DIGITS)).join('');
};

/** Which parts differ between two hashes. Two digits miss one difference in 256; the whole does not. */
export const movedParts = (before: string, now: string): readonly string[] =>
  parts.filter((_, index) => {
    const start = WHOLE_DIGITS + index * DIGITS;
    return before.slice(start, start + DIGITS) !== now.slice(start, start + DIGITS);
  });

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
