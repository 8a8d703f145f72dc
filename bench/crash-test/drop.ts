import * as z from 'zod';

export const commitOrders = ['one-transaction', 'messages-first'] as const;

/** The order in which an episode is stored: all at once, or as the extension on Azure Storage does, its messages before its history. */
export type CommitOrder = (typeof commitOrders)[number];

export const dropSchema = z.object({
  order: z.enum(commitOrders),
  /** The commit, counted from 1. */
  commit: z.number(),
  /** Whether the commit itself is lost or is the last thing that was saved. */
  when: z.enum(['before', 'after']),
});

/** Where the host is dropped. */
export type Drop = z.output<typeof dropSchema>;

/** E.g. `one-transaction, before commit 17`. */
export const describeDrop = ({ order, commit, when }: Drop): string => `${order}, ${when} commit ${commit}`;
