import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * How long one request of a caller may spend on reading Azure: all of its reads with all of their tries. Azure's load balancer gives up after 230 s
 * (https://learn.microsoft.com/azure/azure-functions/functions-scale#timeout), most gateways after 60 s.
 */
export const READ_BUDGET_MS = 25_000;

/** How long one try may take, so that a connection that hangs leaves time for another. */
const TRY_MS = 10_000;

interface Budget {
  /** When it is spent, in ms since the epoch. */
  end: number;
}

const currentBudget = new AsyncLocalStorage<Budget>();

/**
 * Carries out what only reads, for a caller who waits: a read that fails is tried again within the budget ({@link retryRead}). Nothing is sent once the caller has
 * the answer, though a read beside the one that decided it may still wait for its next try.
 */
export const withinReadBudget = async <T>(action: () => Promise<T>): Promise<T> => {
  const budget = { end: Date.now() + READ_BUDGET_MS };
  try {
    return await currentBudget.run(budget, action);
  } finally {
    budget.end = 0;
  }
};

/** The time that is left, in ms; undefined where nobody waits: there the durable driver tries again. */
export const budgetLeft = (): number | undefined => {
  const budget = currentBudget.getStore();
  return budget && budget.end - Date.now();
};

/** How long the next try may take, in ms; undefined without a budget. */
export const tryLimit = (): number | undefined => {
  const left = budgetLeft();
  return left === undefined ? undefined : Math.min(left, TRY_MS);
};
