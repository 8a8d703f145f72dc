import { visible } from '../cli/output/terminal.ts';
import { redactText } from '../cli/support/redact.ts';
import { redactSecrets } from '../src/deployment/names/text/redact-secrets.ts';
import { parseDeploymentRequest } from '../src/deployment/request/parse-request.ts';
import { logText } from '../src/telemetry/log-text.ts';
import { HOSTILE_TEXTS, PLAIN_TEXT } from './hostile-texts.ts';

/** How long one reader takes for 64 KiB, in real milliseconds. */
export interface ScanMeasure {
  readonly reader: string;
  /** The hostile text that took longest. */
  readonly worst: string;
  readonly hostileMs: number;
  /** At least {@link FLOOR_MS}. */
  readonly plainMs: number;
}

/** What reads text of others: callers, Azure, registries. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  redactSecrets,
  'redactText of the command line': redactText,
  'a line of the log': logText,
  'a line on a terminal': visible,
  'a request, in each field': (text) =>
    parseDeploymentRequest({
      id: text,
      resourceGroupName: text,
      location: text,
      subscriptionId: text,
      sshPublicKey: text,
      kubernetesVersion: text,
      correlationId: text,
      callbackUrl: text,
      expiresAt: text,
      images: [{ source: text, image: text }],
      tags: { [text]: text },
      existing: { registryId: text, keyVaultId: text, subnetId: text },
    }),
};

/** What takes less is nothing that a caller can make others wait with, whatever it is compared with. */
const FLOOR_MS = 1;

/** The fastest of several times: what else the machine does makes the others longer. */
const ROUNDS = 25;

/** Every reader with every hostile text and with plain text. */
export const measureScanning = (): ScanMeasure[] =>
  Object.entries(READERS).map(([reader, read]) => {
    const hostile = Object.entries(HOSTILE_TEXTS).map(([name, text]) => ({ name, ms: fastest(read, text) }));
    const worst = hostile.reduce((one, other) => (other.ms > one.ms ? other : one));
    return { reader, worst: worst.name, hostileMs: worst.ms, plainMs: Math.max(FLOOR_MS, fastest(read, PLAIN_TEXT)) };
  });

const fastest = (read: (text: string) => unknown, text: string): number => {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    read(text);
    best = Math.min(best, performance.now() - start);
  }
  return best;
};
