import { createHash } from 'node:crypto';
import type { DeploymentResponse } from '../../status/deployment-response.ts';

/** What changes with every poll, and means nothing to a watcher. */
const COUNTERS: readonly string[] = ['polls', 'lastUpdatedAt', 'checkedAt'];

/**
 * A fingerprint of what a watcher wants to know of a deployment: all of its status but the counters. Two responses of equal fingerprint may differ in how often
 * Azure was asked.
 */
export const fingerprintOf = (view: DeploymentResponse): string =>
  digest(JSON.stringify(view, (name, value: unknown) => (COUNTERS.includes(name) ? undefined : value)));

/**
 * The strong ETag of a status answer: `"<fingerprint>.<body>"`. The second half changes with every byte of the body, as RFC 9110 §8.8.1 asks of a strong
 * validator; the first lets a caller who sends it back wait for a change, and not for the next poll of a running operation.
 */
export const entityTag = (view: DeploymentResponse, body: string): string => `"${fingerprintOf(view)}.${digest(body)}"`;

/** Whether an If-None-Match names a tag: RFC 9110 §13.1.2, by weak comparison. No tag holds a quotation mark, so each is found with its own. */
export const namesTag = (ifNoneMatch: string, tag: string): boolean =>
  ifNoneMatch.trim() === '*' || ifNoneMatch.includes(tag);

/** Whether an If-None-Match names a status of the same fingerprint. */
export const namesFingerprint = (ifNoneMatch: string, fingerprint: string): boolean =>
  ifNoneMatch.trim() === '*' || ifNoneMatch.includes(`"${fingerprint}.`) || ifNoneMatch.includes(`"${fingerprint}"`);

/** 132 bits in the alphabet of base64url. */
const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);
