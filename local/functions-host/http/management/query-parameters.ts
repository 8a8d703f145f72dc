import { type InstanceQuery, RUNTIME_STATUSES, type RuntimeStatus } from '../../engine/task-hub.ts';

/** How EXT `HttpApiHandler.cs` reads its query: names without regard to case, values that do not parse count as absent. */
export class QueryParameters {
  readonly #values = new Map<string, string[]>();

  constructor(url: URL) {
    for (const [name, value] of url.searchParams) {
      const key = name.toLowerCase();
      this.#values.set(key, [...(this.#values.get(key) ?? []), value]);
    }
  }

  /** Several values joined with a comma, as .NET's `NameValueCollection` gives them. */
  text(name: string): string | undefined {
    return this.#values.get(name.toLowerCase())?.join(',');
  }

  flag(name: string): boolean | undefined {
    const text = this.text(name)?.trim().toLowerCase();
    if (text === 'true') return true;
    return text === 'false' ? false : undefined;
  }

  wholeNumber(name: string): number | undefined {
    const text = this.text(name)?.trim();
    return text !== undefined && /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
  }

  /** Seconds, fractions allowed. @returns milliseconds. */
  seconds(name: string): number | undefined {
    const text = this.text(name)?.trim();
    const value = text ? Number(text) : Number.NaN;
    return Number.isFinite(value) ? value * 1000 : undefined;
  }

  /** @returns ms since the epoch; an instant without a zone is taken as UTC. */
  instant(name: string): number | undefined {
    const text = this.text(name)?.trim();
    if (!text) return undefined;
    const zoned = /(z|[+-]\d\d:?\d\d)$/i.test(text) || !/t|:/i.test(text) ? text : `${text}Z`;
    const value = Date.parse(zoned.replace(/(\.\d{3})\d+/, '$1'));
    return Number.isNaN(value) ? undefined : value;
  }

  statuses(name: string): readonly RuntimeStatus[] {
    return (this.text(name) ?? '').split(',').flatMap((value) => {
      const status = RUNTIME_STATUSES.find((known) => known === value.trim());
      return status ? [status] : [];
    });
  }

  /** The filter of a list of instances. */
  instanceQuery(continuationToken: string | undefined): InstanceQuery {
    const runtimeStatus = this.statuses('runtimeStatus');
    const instanceIdPrefix = this.text('instanceIdPrefix');
    const createdTimeFrom = this.instant('createdTimeFrom');
    const createdTimeTo = this.instant('createdTimeTo');
    const top = this.wholeNumber('top');
    return {
      top: top !== undefined && top > 0 ? top : DEFAULT_PAGE_SIZE,
      ...(runtimeStatus.length > 0 && { runtimeStatus }),
      ...(instanceIdPrefix && { instanceIdPrefix }),
      ...(createdTimeFrom !== undefined && { createdTimeFrom }),
      ...(createdTimeTo !== undefined && { createdTimeTo }),
      ...(continuationToken && { continuationToken }),
    };
  }
}

const DEFAULT_PAGE_SIZE = 100;
