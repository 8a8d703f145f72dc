import { canonical } from './canonical.ts';
import type { SentRequest } from './evidence.ts';
import { privateKeyIn } from './ssh-key-faults.ts';

/** Writes that may be sent again after a crash without harm: Azure shows nothing of them until they are done, or they are the same twice. */
const harmlessWrites = {
  'storage PUTs': (method: string, path: string) =>
    method === 'PUT' && /\/providers\/microsoft\.storage\/storageaccounts\/[^/]+$/.test(path),
  imports: (method: string, path: string) => method === 'POST' && path.endsWith('/importimage'),
  'secret writes': (method: string, path: string) =>
    method === 'PUT' && /\/providers\/microsoft\.keyvault\/vaults\/[^/]+\/secrets\/[^/]+$/.test(path),
} as const;

export const repeatKinds = ['storage PUTs', 'imports', 'secret writes'] as const;

export type RepeatKind = (typeof repeatKinds)[number];

export type Repeats = Readonly<Record<RepeatKind, number>>;

export const noRepeats = (): Record<RepeatKind, number> => ({ 'storage PUTs': 0, imports: 0, 'secret writes': 0 });

export interface WriteCount {
  /** Writes that Azure had accepted and got again; each in words. */
  readonly duplicates: readonly string[];
  /** Repeats that do no harm. */
  readonly repeats: Repeats;
  /**
   * The types of what was sent twice before Azure had answered either: by what remained of the dropped host and by the new one, or because the message that
   * starts an activity had been stored twice. Neither could know of the other.
   */
  readonly sentAtOnce: readonly string[];
  /** Writes, without their repeats, as texts that can be compared. */
  readonly writes: ReadonlySet<string>;
}

/** Counts what Azure accepted more than once. */
export const countWrites = (requests: readonly SentRequest[]): WriteCount => {
  const duplicates: string[] = [];
  const repeats = noRepeats();
  const sentAtOnce: string[] = [];
  const accepted = new Map<string, SentRequest>();
  for (const request of requests.filter(isAcceptedWrite).toSorted((a, b) => answeredAt(a) - answeredAt(b))) {
    const write = nameOf(request);
    const earlier = accepted.get(write);
    accepted.set(write, request);
    if (!earlier) continue;
    const harmless = isSameWrite(earlier, request) ? kindOf(request) : undefined;
    if (harmless) repeats[harmless]++;
    else if (isSentAtOnce(earlier, request)) sentAtOnce.push(typeOf(request));
    else duplicates.push(`${write}, sent again ${request.at - answeredAt(earlier)} ms after Azure had accepted it`);
  }
  return { duplicates, repeats, sentAtOnce, writes: new Set(accepted.keys()) };
};

const answeredAt = ({ at, durationMs }: SentRequest): number => at + durationMs;

/** A key pair that was made anew differs by its nature; that both halves in use belong together is checked apart. */
const isSameWrite = (earlier: SentRequest, request: SentRequest): boolean =>
  canonical(request.body) === canonical(earlier.body) ||
  (privateKeyIn(request.body) !== undefined && privateKeyIn(earlier.body) !== undefined);

const isSentAtOnce = (earlier: SentRequest, request: SentRequest): boolean =>
  request.at < answeredAt(earlier) && isSameWrite(earlier, request);

const isAcceptedWrite = ({ method, url, status }: SentRequest): boolean =>
  status !== null &&
  status < 300 &&
  method !== 'GET' &&
  method !== 'HEAD' &&
  // listKeys and its like read; others only ask.
  !/\/(list\w+|check\w+|oauth2\/(exchange|token))$/i.test(new URL(url).pathname);

const pathOf = ({ url }: SentRequest): string => new URL(url).pathname.toLowerCase();

const kindOf = (request: SentRequest): keyof typeof harmlessWrites | undefined => {
  const { method } = request;
  const path = pathOf(request);
  if (harmlessWrites['storage PUTs'](method, path)) return 'storage PUTs';
  if (harmlessWrites.imports(method, path)) return 'imports';
  return harmlessWrites['secret writes'](method, path) ? 'secret writes' : undefined;
};

/** E.g. `vaults` or `vaults/secrets`; a resource group has none. */
const typeOf = (request: SentRequest): string => {
  const [, type] = /.*\/providers\/[^/]+\/(.+)$/.exec(pathOf(request)) ?? [];
  return type === undefined
    ? 'resourcegroups'
    : type
        .split('/')
        .filter((_, index) => index % 2 === 0)
        .join('/');
};

/** Imports differ in their bodies only. */
const nameOf = (request: SentRequest): string => {
  const { method, body } = request;
  const write = `${method} ${pathOf(request)}`;
  return kindOf(request) === 'imports' ? `${write} ${canonical(body)}` : write;
};
