import { CommandError } from '../../command-line/command-errors.ts';
import { EXIT } from '../exit-codes.ts';
import type { Problem } from './problem.ts';

/** The service could not be asked: no connection, or none in time. */
export class UnreachableError extends CommandError {
  override readonly name = 'UnreachableError';

  constructor(message: string, cause: unknown) {
    super(message, { exitCode: EXIT.unavailable, cause });
  }
}

/** The service answered, but not with success. */
export class ApiError extends CommandError {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly problem: Problem;
  /** The service's own wish, in seconds. */
  readonly retryAfter: number | undefined;

  constructor(status: number, problem: Problem, retryAfter: number | undefined) {
    super(wordsOf(status, problem), { exitCode: exitCodeOf(status, problem) });
    this.status = status;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /** The last part of the problem's `type`; undefined when something else than the service answered. */
  get slug(): string | undefined {
    return slugOf(this.problem);
  }
}

/** Whether the same request may succeed later. */
export const isTransient = (error: unknown): boolean =>
  error instanceof UnreachableError || (error instanceof ApiError && (error.status === 429 || error.status >= 500));

const slugOf = ({ type }: Problem): string | undefined => /^urn:airflow-on-aks:problem:(.+)$/.exec(type ?? '')?.[1];

const exitCodeOf = (status: number, problem: Problem): number => {
  if (status === 401 || status === 403) return EXIT.noPermission;
  if (status === 404 && slugOf(problem) === 'deployment-not-found') return EXIT.notFound;
  return status === 429 || status === 502 || status === 503 || status === 504 ? EXIT.unavailable : EXIT.failed;
};

const wordsOf = (status: number, { type, title, detail, errors, help }: Problem): string => {
  if (status === 401 && slugOf({ type }) === 'unauthenticated') return `${detail} ${TOKEN_MISSING}`;
  if (status === 401) return KEY_MISSING;
  if (slugOf({ type }) === 'unknown-path') return UNKNOWN_PATH;
  if (title === undefined) return `The service answered HTTP ${status}${detail === undefined ? '' : `: ${detail}`}`;
  const all =
    errors && errors.length > 1 ? errors.map(({ field, message }) => `  ${field || 'the body'} ${message}`) : [];
  return [`${title}: ${detail ?? `HTTP ${status}`}`, ...all, ...(help === undefined ? [] : [`See ${help}`])].join('\n');
};

const UNKNOWN_PATH =
  'The service does not know this request: it is of an older release, or it has another route prefix than /api.';

const TOKEN_MISSING =
  'Put one into AIRFLOW_ON_AKS_TOKEN, or name a file that holds it with --token-file: az account get-access-token --resource <application ID URI> --query accessToken -o tsv';

const KEY_MISSING =
  'The service asks for a function key, and got none or a wrong one. Put it into AIRFLOW_ON_AKS_KEY, or name a file that holds it with --key-file.';
