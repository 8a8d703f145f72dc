import { z } from 'zod';

/** Who decided, and why. */
export const decisionSchema = z.object({
  decision: z.enum(['approve', 'reject']),
  by: z.string(),
  /** The object id that the platform's sign-in vouches for. */
  byId: z.string().optional(),
  /** Whether the platform vouches for `by`; otherwise it is what the caller stated. */
  byVerified: z.boolean(),
  reason: z.string().optional(),
});

export type Decision = z.infer<typeof decisionSchema>;

export const approvalStates = ['Awaiting', 'Approved', 'Rejected', 'TimedOut', 'Cancelled'] as const;

/** How far the approval of a run is. Instants are ISO 8601 on the orchestration's own clock. */
export const approvalSchema = z.object({
  state: z.enum(approvalStates),
  requestedAt: z.string(),
  expiresAt: z.string(),
  decidedAt: z.string().optional(),
  ...decisionSchema.omit({ decision: true }).partial().shape,
});

export type ApprovalState = (typeof approvalStates)[number];

/** The same as it is kept in a custom status; read back by stored-approval.ts. */
export interface Approval extends Omit<z.infer<typeof approvalSchema>, 'state'> {
  /** An {@link ApprovalState}, unless another release knows more. */
  readonly state: string;
}

/**
 * The external event that decides. It carries the run in its name: a decision that comes late may not decide on another run, which nobody has reviewed.
 */
export const decisionEvent = (run: string): string => `decision:${run}`;

/** The state that a decision leads to. */
export const stateAfter = { approve: 'Approved', reject: 'Rejected' } as const satisfies Record<
  Decision['decision'],
  ApprovalState
>;

/** Why a deployment that was not approved ended. */
export const endReasonOf = (approval: Approval | undefined): string | undefined => {
  if (approval?.state === 'Rejected')
    return `Rejected by ${approval.by}${approval.reason ? `: ${approval.reason}` : '.'}`;
  if (approval?.state === 'TimedOut') return `Nobody had decided on it by ${approval.expiresAt}.`;
  return undefined;
};
