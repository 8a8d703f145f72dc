import type { Cut, FaultAction } from '../../local/azure-simulator/azure-simulator.ts';
import {
  type AzureError,
  busyErrors,
  DOCKER_HUB_LIMIT,
  FORBIDDEN,
  operationFailures,
  PRINCIPAL_NOT_FOUND,
  refusalsOf,
} from './azure-errors.ts';
import { isWrite, type RecordedRequest } from './recorded-request.ts';
import type { Scenario } from './scenario.ts';
import type { TransportFault } from './transport-faults.ts';

/** A column of the table. */
export interface FaultKind {
  readonly name: string;
  /** The column's heading; short, since there are many. */
  readonly heading: string;
  readonly description: string;
  /** What is tried on a request; empty where the fault makes no sense for it. */
  variants(request: RecordedRequest): readonly Variant[];
}

type Variant = Pick<Scenario, 'passes'> &
  Partial<Pick<Scenario, 'variant' | 'code' | 'clientTimeouts' | 'removal'>> & {
    readonly action?: FaultAction;
    readonly times?: number;
    /** What fails before the request reaches Azure. */
    readonly below?: TransportFault['kind'];
  };

/** More than any deployment sends of one kind. */
const ALWAYS = 100_000;

/** More than the app gives a request: 60 seconds, 30 to a cluster. */
const SLOW_SECONDS = 90;

const passing = (action: FaultAction, times = 1): readonly Variant[] => [{ action, times, passes: true }];

/** An answer that comes in part; the work is done. */
const cut = (variant: string, fault: Cut): Variant => ({ variant, action: { cut: fault }, passes: true });

/** An answer to HEAD has no body that could be cut. */
const hasBody = ({ method }: RecordedRequest): boolean => method !== 'HEAD';

/** What fails below HTTP: once, or for as long as it is wrong, with the code that it has then. */
const below = (kind: TransportFault['kind'], code?: string): Variant =>
  code === undefined
    ? { variant: `${kind} once`, below: kind, passes: true }
    : { variant: kind, below: kind, times: ALWAYS, passes: false, code };

/** In the body that the request's provider writes: AKS answers without an envelope. */
const answer = ({ status, ...rest }: AzureError, { type }: RecordedRequest): FaultAction => ({
  answer: {
    status,
    body: type.startsWith('containerservice/') ? { ...rest, details: null, subcode: '' } : { error: rest },
  },
});

const lasting = (error: AzureError, action: FaultAction): Variant => ({
  variant: error.code,
  code: error.code,
  action,
  times: ALWAYS,
  passes: false,
});

/** The columns, in their order. */
export const faultKinds: readonly FaultKind[] = [
  {
    name: 'throttled',
    heading: '429',
    description: '429 with Retry-After, once',
    variants: () =>
      passing({
        answer: {
          status: 429,
          code: 'SubscriptionRequestsThrottled',
          message: "Number of requests for subscription 'x' exceeded. Please try again after '17' seconds.",
          headers: { 'retry-after': '17' },
        },
      }),
  },
  {
    name: 'error-500',
    heading: '500',
    description: '500 InternalServerError, once',
    variants: () => passing({ answer: { status: 500, code: 'InternalServerError', message: 'An error occurred.' } }),
  },
  {
    name: 'error-503',
    heading: '503',
    description: '503 of a gateway, in HTML, once',
    variants: () => passing({ answer: { status: 503, body: '<html><h1>503 Service Unavailable</h1></html>' } }),
  },
  {
    name: 'outage',
    heading: 'outage',
    description: '503 to this and every later request of its kind, until the next POST',
    variants: () => [
      {
        action: { answer: { status: 503, code: 'ServiceUnavailable', message: 'The service is unavailable.' } },
        times: ALWAYS,
        passes: false,
        code: 'ServiceUnavailable',
      },
    ],
  },
  {
    name: 'dropped-before',
    heading: 'drop<',
    description: 'the connection is cut before anything changed',
    variants: () => passing({ drop: 'before' }),
  },
  {
    name: 'dropped-after',
    heading: 'drop>',
    description: 'the connection is cut after the change took effect (writes only: a read changes nothing)',
    variants: (request) => (isWrite(request) ? passing({ drop: 'after' }) : []),
  },
  {
    name: 'reset-headers',
    heading: 'rst-head',
    description: 'the connection is reset before, within and after the headers of the answer; the change took effect',
    variants: (request) => [
      // Of a read there is nothing that could have taken effect: before the headers it is what `dropped-before` is.
      ...(isWrite(request) ? [cut('before', { at: 'before-headers', by: 'reset' })] : []),
      cut('within', { at: 'within-headers', by: 'reset' }),
      cut('after', { at: 'after-headers', by: 'reset' }),
    ],
  },
  {
    name: 'reset-body',
    heading: 'rst-body',
    description: 'the connection is reset within the body, within its chunks and after it; or closed within it',
    variants: (request) =>
      hasBody(request)
        ? [
            ...(isWrite(request)
              ? [
                  cut('within', { at: 'within-body', by: 'reset' }),
                  cut('closed within', { at: 'within-body', by: 'close' }),
                ]
              : []),
            cut('within chunks', { at: 'within-body', by: 'reset', chunked: true }),
            cut('after', { at: 'after-body', by: 'reset' }),
          ]
        : [],
  },
  {
    name: 'tls',
    heading: 'tls',
    description: 'no TLS handshake, once; a certificate that nothing trusts, until the next POST',
    variants: () => [below('handshake'), below('certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT')],
  },
  {
    name: 'dns',
    heading: 'dns',
    description: 'the name of the host is not found: once; until the next POST',
    variants: (request) => [below('name'), ...(isWrite(request) ? [below('name', 'ENOTFOUND')] : [])],
  },
  {
    name: 'idle',
    heading: 'idle',
    description: 'the server closes a connection that was idle as the request comes',
    variants: () => passing({ drop: 'idle' }),
  },
  {
    name: 'stopped',
    heading: 'stopped',
    description:
      'the answer stops half way and nothing more comes: within the headers, a body with a length, a body in chunks',
    variants: (request) =>
      [
        ...(isWrite(request) || !hasBody(request)
          ? [cut('headers', { at: 'within-headers', by: 'silence', seconds: SLOW_SECONDS })]
          : []),
        ...(hasBody(request)
          ? [
              cut('length', { at: 'within-body', by: 'silence', seconds: SLOW_SECONDS }),
              cut('chunks', { at: 'within-body', by: 'silence', seconds: SLOW_SECONDS, chunked: true }),
            ]
          : []),
      ].map((variant) => ({ ...variant, clientTimeouts: true })),
  },
  {
    name: 'slow',
    heading: 'slow',
    description:
      'no answer for 90 seconds: the client gives up before (its own limit, on the modelled clock), the change takes effect late',
    variants: () => [{ action: { delaySeconds: SLOW_SECONDS }, passes: true, clientTimeouts: true }],
  },
  {
    name: 'refused',
    heading: 'refused',
    description: 'refused for good, with each code of the resource (reads: AuthorizationFailed)',
    variants: (request) =>
      (isWrite(request) ? refusalsOf(request.type) : [FORBIDDEN]).map((error) =>
        lasting(error, answer(error, request)),
      ),
  },
  {
    name: 'operation-failed',
    heading: 'op-failed',
    description: 'accepted, then the operation ends Failed, with each code of the resource',
    variants: (request) =>
      request.isLongRunning
        ? (operationFailures[request.type] ?? []).map((error) => ({
            ...lasting(error, { failOperation: error }),
            // A vault has no operation that could be read: it shows only that it failed.
            ...(request.type === 'keyvault/vaults' && { code: 'ProvisioningFailed' }),
          }))
        : [],
  },
  {
    name: 'operation-hangs',
    heading: 'hangs',
    description: 'accepted, then the operation never ends',
    variants: (request) =>
      request.isLongRunning ? [{ action: { hangOperation: true }, passes: false, code: 'StepDeadlineExceeded' }] : [],
  },
  {
    name: 'status-unreadable',
    heading: 'unread',
    description: 'a poll cannot be answered: 500 three times; 404 once',
    variants: (request) =>
      request.isPoll
        ? [
            {
              variant: '500',
              action: { answer: { status: 500, code: 'InternalServerError', message: 'The status cannot be read.' } },
              times: 3,
              passes: true,
            },
            {
              variant: '404',
              action: answer({ status: 404, code: 'NotFound', message: 'The entity was not found.' }, request),
              times: 1,
              passes: false,
            },
          ]
        : [],
  },
  {
    name: 'deleted',
    heading: 'deleted',
    description: 'somebody deletes the resource as soon as the request was answered',
    variants: ({ method, pattern, nth, deletable }) =>
      deletable ? [{ removal: { method, pattern, nth, ...deletable }, passes: false }] : [],
  },
  {
    name: 'busy',
    heading: 'busy',
    description: '409 another operation is in progress, three times',
    variants: (request) => {
      const error = request.method === 'GET' ? undefined : busyErrors[request.type];
      return error ? passing(answer(error, request), 3) : [];
    },
  },
  {
    name: 'principal-not-found',
    heading: 'principal',
    description: 'PrincipalNotFound, five times',
    variants: (request) =>
      request.method === 'PUT' && request.type === 'authorization/roleassignments'
        ? passing(answer(PRINCIPAL_NOT_FOUND, request), 5)
        : [],
  },
  {
    name: 'docker-hub-limit',
    heading: 'hub-limit',
    description: "Docker Hub's limit in the text of an import's failure: once; always",
    variants: ({ type }) =>
      type === 'containerregistry/registries/importimage'
        ? [
            { variant: 'once', action: { failOperation: DOCKER_HUB_LIMIT }, times: 1, passes: true },
            {
              variant: 'always',
              action: { failOperation: DOCKER_HUB_LIMIT },
              times: ALWAYS,
              passes: false,
              code: DOCKER_HUB_LIMIT.code,
            },
          ]
        : [],
  },
];

/** The scenarios of one cell. */
export const scenariosOf = (request: RecordedRequest, kind: FaultKind): readonly Scenario[] =>
  kind
    .variants(request)
    .map(({ action, below: transport, times = 1, variant = '', clientTimeouts = false, ...rest }) => {
      const { code, ...others } = rest;
      const { method, pattern, nth } = request;
      return {
        request: request.label,
        fault: kind.name,
        variant,
        clientTimeouts,
        faults: action ? [{ method, path: pattern, nth, times, action }] : [],
        ...(transport && { transport: { kind: transport, method, pattern, nth, times } }),
        // A cluster's API server and a registry are not Resource Manager: the app has codes of its own for what they answer.
        ...(code !== undefined && !['kubernetes', 'registry'].includes(request.type) && { code }),
        ...others,
      };
    });
