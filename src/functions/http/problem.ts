import type { HttpResponseInit } from '@azure/functions';

/** What a problem document adds to the standard members, which it may not replace. */
export type ProblemExtensions = Readonly<Record<string, unknown>> & {
  readonly [member in 'type' | 'title' | 'status' | 'detail' | 'help']?: never;
};

/**
 * An error with an answer for the caller: `application/problem+json` (RFC 9457). Thrown anywhere in a handler, turned into the answer by
 * {@link handle}.
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly status: number;
  /** The last part of the problem's stable `type`. */
  readonly slug: string;
  readonly title: string;
  readonly extensions: ProblemExtensions;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    slug: string,
    title: string,
    detail: string,
    options: { extensions?: ProblemExtensions; headers?: Readonly<Record<string, string>>; cause?: unknown } = {},
  ) {
    super(detail, { cause: options.cause });
    this.status = status;
    this.slug = slug;
    this.title = title;
    this.extensions = options.extensions ?? {};
    this.headers = options.headers ?? {};
  }

  toResponse(): HttpResponseInit {
    return {
      status: this.status,
      headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store', ...this.headers },
      body: JSON.stringify({
        type: `urn:airflow-on-aks:problem:${this.slug}`,
        title: this.title,
        status: this.status,
        detail: this.message,
        help: `docs/errors/${this.slug}.md`,
        ...this.extensions,
      }),
    };
  }
}
