import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * How long one request of a caller may spend on reading Azure: all of its reads with all of their tries. Azure's load balancer gives up after 230 s
 * (https://learn.microsoft.com/azure/azure-functions/functions-scale#timeout), most gateways after 60 s.
 */
export const READ_BUDGET_MS = 25_000;

/** How long one try may take, so that a connection that hangs leaves time for another. */
const TRY_MS = 10_000;

const endOfBudget = new AsyncLocalStorage<number>();

/** Carries out what only reads, for a caller who waits: a read that fails is tried again within the budget ({@link retryRead}). */
export const withinReadBudget = <T>(action: () => Promise<T>): Promise<T> =>
  endOfBudget.run(Date.now() + READ_BUDGET_MS, action);

/** The time that is left, in ms; undefined where nobody waits: there the durable driver tries again. */
export const budgetLeft = (): number | undefined => {
  const end = endOfBudget.getStore();
  return end === undefined ? undefined : end - Date.now();
};

/** How long the next try may take, in ms; undefined without a budget. */
export const tryLimit = (): number | undefined => {
  const left = budgetLeft();
  return left === undefined ? undefined : Math.min(left, TRY_MS);
};
