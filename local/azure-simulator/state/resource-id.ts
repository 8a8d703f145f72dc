/** Whether an id is a scope or lies below it. */
export const isWithin = (id: string, scope: string): boolean =>
  `${id.toLowerCase()}/`.startsWith(`${scope.toLowerCase().replace(/\/$/, '')}/`);

/** The subscription that an id begins with, as a scope; empty when there is none. */
export const subscriptionOf = (id: string): string => /^\/subscriptions\/[^/]+/i.exec(id)?.[0] ?? '';
