import type { DeploymentDocument } from '../../local/world/deployment-document.ts';
import { cancel, decide, post, remove } from './acts.ts';
import type { Act, Answer } from './race-world.ts';
import { awaiting, ended, nearlyDone, type Prepare, unknown } from './states.ts';

/** Two requests of the same moment, and what may come of them. */
export interface Pair {
  readonly name: string;
  readonly prepare: Prepare;
  readonly acts: readonly [Act, Act];
  /**
   * The outcomes that are one outcome: what both callers were answered and what the status says when all is over.
   * Each is written `first second status`, e.g. `202 409 Deleted`.
   */
  readonly outcomes: readonly RegExp[];
}

const other = { tags: { other: 'body' } };

export const pairs: readonly Pair[] = [
  { name: 'POST, the same POST', prepare: unknown, acts: [post(), post()], outcomes: [/^202 202 AwaitingApproval$/] },
  {
    name: 'POST, another body',
    prepare: unknown,
    acts: [post(), post(other)],
    outcomes: [/^(202 409|409 202) AwaitingApproval$/],
  },
  {
    name: 'POST, another body, after an ended run',
    prepare: ended,
    acts: [post(), post(other)],
    outcomes: [/^(202 409|409 202) AwaitingApproval$/],
  },
  {
    name: 'the end of a run, POST',
    prepare: awaiting,
    acts: [decide('reject'), post(other)],
    outcomes: [/^200 202 AwaitingApproval$/, /^200 409 Cancelled$/],
  },
  {
    name: 'cancel, POST',
    prepare: awaiting,
    acts: [cancel, post(other)],
    outcomes: [/^202 202 AwaitingApproval$/, /^202 409 Cancelled$/],
  },
  { name: 'DELETE, DELETE', prepare: ended, acts: [remove(), remove()], outcomes: [/^202 202 Deleted$/] },
  {
    name: 'DELETE, DELETE, with another purge',
    prepare: ended,
    acts: [remove(), remove('&purge=true')],
    outcomes: [/^(202 409|409 202) Deleted$/, /^202 202 Deleted$/],
  },
  { name: 'DELETE, DELETE, of a run', prepare: awaiting, acts: [remove(), remove()], outcomes: [/^202 202 Deleted$/] },
  {
    name: 'DELETE, POST',
    prepare: ended,
    acts: [remove(), post()],
    outcomes: [/^202 409 Deleted$/, /^202 202 (Deleted|AwaitingApproval)$/],
  },
  {
    name: 'DELETE of a run, the same POST',
    prepare: awaiting,
    acts: [remove(), post()],
    outcomes: [/^202 (202|409) Deleted$/, /^202 202 AwaitingApproval$/],
  },
  {
    name: 'approve, reject',
    prepare: awaiting,
    acts: [decide('approve'), decide('reject')],
    outcomes: [/^200 409 Succeeded$/, /^409 200 Cancelled$/],
  },
  {
    name: 'approve, cancel',
    prepare: awaiting,
    acts: [decide('approve'), cancel],
    outcomes: [/^(200|409) 202 Cancelled$/],
  },
  {
    name: 'reject, cancel',
    prepare: awaiting,
    acts: [decide('reject'), cancel],
    outcomes: [/^(200|409) 202 Cancelled$/],
  },
  {
    name: 'approve, DELETE',
    prepare: awaiting,
    acts: [decide('approve'), remove()],
    outcomes: [/^(200|409) 202 Deleted$/],
  },
  {
    name: 'cancel, DELETE',
    prepare: awaiting,
    acts: [cancel, remove()],
    outcomes: [/^(202|409) 202 Deleted$/],
  },
  { name: 'cancel, cancel', prepare: awaiting, acts: [cancel, cancel], outcomes: [/^202 202 Cancelled$/] },
  {
    name: 'cancel, the end of a run',
    prepare: nearlyDone,
    acts: [cancel, cancel],
    outcomes: [/^202 202 Cancelled$/, /^409 409 Succeeded$/],
  },
];

/** What is wrong with one race; empty when nothing is. */
export const faultsOf = (
  { outcomes }: Pair,
  answers: readonly [Answer, Answer],
  { status }: Pick<DeploymentDocument, 'status'>,
  documented: ReadonlyMap<string, ReadonlySet<number>>,
): readonly string[] => {
  const outcome = `${answers.map((answer) => answer.status).join(' ')} ${status}`;
  const undocumented = answers.filter(
    (each) => each.status >= 500 || !documented.get(each.operation)?.has(each.status),
  );
  return [
    ...undocumented.map((each) => `${each.operation} answered ${each.status}${each.problem ? ` ${each.problem}` : ''}`),
    ...(outcomes.some((allowed) => allowed.test(outcome)) ? [] : [`is no one outcome: ${outcome}`]),
  ];
};
