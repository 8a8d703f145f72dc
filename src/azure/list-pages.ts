import { AsyncLocalStorage } from 'node:async_hooks';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { beyondBound } from './beyond-bound.ts';
import { MAX_LIST_ITEMS, MAX_LIST_MS, MAX_PAGES } from './bounds.ts';
import { currentExchange } from './exchange.ts';
import { AzureOperationError } from './failures/azure-failure.ts';

/** The list that is being read: the addresses of its pages so far, and since when. */
interface List {
  readonly pages: Set<string>;
  readonly began: number;
}

const lists = new AsyncLocalStorage<List>();

/**
 * Reads a list page by page, within bounds: an address that comes again, more than {@link MAX_PAGES} pages or a list that takes longer than {@link MAX_LIST_MS} ends it.
 *
 * @param read - follows the links of the list; every request of it counts as a page.
 * @throws AzureOperationError `ListTooLong` or `RequestTimeout` from the request that would be too much.
 */
export const withinList = <T>(read: () => Promise<T>): Promise<T> =>
  lists.run({ pages: new Set(), began: performance.now() }, read);

/** All items of a list of an SDK client. @throws AzureOperationError `ListTooLong`, also for too many items. */
export const collectPages = <T>(items: AsyncIterable<T>): Promise<T[]> =>
  withinList(async () => {
    const list: T[] = [];
    for await (const item of items) {
      list.push(item);
      if (list.length > MAX_LIST_ITEMS) throw tooLong(`has more than ${MAX_LIST_ITEMS} items`);
    }
    return list;
  });

/** Counts the pages of a list, whichever client follows its links. Above what sends a request again: that is no further page. */
export const pagePolicy: PipelinePolicy = {
  name: 'pagePolicy',
  sendRequest(request, next) {
    const list = lists.getStore();
    if (list) count(list, request.url);
    return next(request);
  },
};

const count = ({ pages, began }: List, url: string): void => {
  if (pages.has(url)) throw tooLong('leads back to a page that was read already');
  if (pages.size >= MAX_PAGES) throw tooLong(`has more than ${MAX_PAGES} pages`);
  if (performance.now() - began > MAX_LIST_MS) {
    const message = `A list took longer than ${MAX_LIST_MS / 60_000} minutes: it was not read to its end.`;
    throw new AzureOperationError({ code: 'RequestTimeout', message });
  }
  pages.add(url);
};

const tooLong = (reason: string): AzureOperationError =>
  beyondBound('ListTooLong', `A list that Azure answered ${reason}: it was not read further.`, lastId());

const lastId = (): string | undefined => currentExchange().correlationId;
