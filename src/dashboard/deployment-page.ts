import { call, Problem } from './api.ts';
import { criticalSteps } from './critical-steps.ts';
import { askFirst, type Question } from './dialogs.ts';
import type { Approval, Callback, DeploymentDocument } from './documents.ts';
import { element } from './dom.ts';
import { findingsList } from './findings-list.ts';
import { formatDuration, formatInstant } from './format.ts';
import { keptPlan } from './kept-plan.ts';
import { outputsTable } from './outputs-table.ts';
import type { Page } from './page.ts';
import { pause } from './pause.ts';
import { stepGraph } from './step-graph.ts';
import { timeline } from './timeline.ts';
import { undoSection } from './undo-section.ts';

/** How long the service is asked to hold an answer until something changes, in seconds. */
const WAIT_SECONDS = 20;
/** The shortest time between two reads, so that a quick succession of changes does not make a storm. */
const LEAST_MS = 1000;

/** One deployment, followed live. */
export const deploymentPage = (id: string, notify: (text: string) => void): Page => {
  const path = `deployments/${encodeURIComponent(id)}`;
  const summary = element('div', { class: 'summary' });
  const actions = element('div', { class: 'buttons' });
  const details = element('div');
  const outputs = element('div');
  let outputsOf: string | undefined;

  const act = async (
    question: Question,
    send: (answer: readonly string[]) => Promise<unknown>,
    done: string,
  ): Promise<void> => {
    const answer = await askFirst(question);
    if (answer === undefined) return;
    try {
      await send(answer);
      notify(done);
    } catch (error) {
      notify(
        error instanceof Problem ? `${error.title}: ${error.message}` : `The service could not be reached: ${error}`,
      );
    }
  };
  const actionButtons = actionsFor(path, act);

  const show = async (document: DeploymentDocument, signal: AbortSignal): Promise<void> => {
    const critical = criticalSteps(document.steps);
    summary.replaceChildren(...summaryOf(document));
    const buttons = actionButtons(document);
    if (actions.dataset.state !== document.status) {
      actions.replaceChildren(...buttons);
      actions.dataset.state = document.status;
    }
    details.replaceChildren(
      element('h2', {}, 'Graph'),
      element(
        'div',
        { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Graph of the steps' },
        stepGraph(document.steps, critical),
      ),
      element('h2', {}, 'Timeline'),
      timeline(document.steps, critical, document.lastUpdatedAt, keptPlan.get(document.id, document.run)),
      ...undoSection(document),
      ...earlierRuns(document),
    );
    const described = document.deployed?.changedBy ? undefined : document.deployed?.run;
    if (described !== undefined && outputsOf !== described) {
      outputsOf = described;
      outputs.replaceChildren(await outputsTable(path, notify, signal));
    } else if (described === undefined) {
      outputsOf = undefined;
      outputs.replaceChildren();
    }
  };

  return {
    title: id,
    content: element('article', {}, element('h1', {}, id), summary, actions, details, outputs),
    async run(signal) {
      let etag: string | undefined;
      while (!signal.aborted) {
        const answer = await call<DeploymentDocument>(etag ? `${path}?wait=${WAIT_SECONDS}` : path, { etag, signal });
        if (answer.status !== 304) await show(answer.body, signal);
        etag = answer.etag ?? etag;
        await pause(LEAST_MS, signal);
      }
    },
  };
};

type Act = (question: Question, send: (answer: readonly string[]) => Promise<unknown>, done: string) => Promise<void>;

const actionsFor =
  (path: string, act: Act) =>
  ({ id, run, status, names }: DeploymentDocument): Node[] => {
    const post = (verb: string, body: object = {}) =>
      call(`${path}/${verb}`, { method: 'POST', body: JSON.stringify(body) });
    const button = (label: string, className: string, onClick: () => void): Node =>
      element('button', { type: 'button', class: className, click: onClick }, label);
    const decide = (verb: 'approve' | 'reject', label: string): Node =>
      button(label, verb === 'approve' ? 'primary' : 'danger', () =>
        act(
          {
            title: `${label} ${id}?`,
            text: 'It waits for this before its first change. What you type is shown to everybody who sees this deployment.',
            action: label,
            ask: ['Your name', 'Reason'],
            danger: verb === 'reject',
          },
          ([by, reason]) => post(verb, { by, reason, run }),
          verb === 'approve' ? 'Approved.' : 'Rejected.',
        ),
      );
    const running = status === 'Pending' || status === 'Running' || status === 'AwaitingApproval';
    return [
      ...(status === 'AwaitingApproval' ? [decide('approve', 'Approve'), decide('reject', 'Reject')] : []),
      ...(running
        ? [
            button('Cancel…', '', () =>
              act(
                {
                  title: `Cancel ${id}?`,
                  text: 'It stops at the next step. What was created stays; the same POST goes on from there.',
                  action: 'Cancel the deployment',
                  danger: true,
                },
                () => post('cancel'),
                'Cancelling.',
              ),
            ),
          ]
        : []),
      ...(status === 'Deleting' || status === 'Deleted'
        ? []
        : [
            button('Delete…', 'danger', () =>
              act(
                {
                  title: `Delete ${id}?`,
                  text: `Everything that it created in ${names.resourceGroupName} is deleted. The vault can be recovered for 90 days.`,
                  action: 'Delete',
                  confirm: names.resourceGroupName,
                  danger: true,
                },
                () => call(`${path}?confirm=${encodeURIComponent(names.resourceGroupName)}`, { method: 'DELETE' }),
                'Deleting.',
              ),
            ),
          ]),
    ];
  };

const summaryOf = (document: DeploymentDocument): Node[] => {
  const { status, startedAt, lastUpdatedAt, names, correlationId, waiting, reason, warnings, error, afterCancel } =
    document;
  const { approval, callback, expiry, drift, findings = [], requestedBy, cancelledBy } = document;
  const took = formatDuration(Date.parse(lastUpdatedAt) - Date.parse(startedAt));
  return [
    element(
      'p',
      {},
      element('span', { class: `badge ${status.toLowerCase()}` }, status),
      ` ${took} since ${formatInstant(startedAt)}, in ${names.resourceGroupName}, ${names.location}`,
      correlationId !== undefined && ` · ${correlationId}`,
    ),
    ...deployedLine(document),
    ...(requestedBy ? [element('p', { class: 'quiet' }, `Requested by ${requestedBy.name}`)] : []),
    ...(cancelledBy ? [element('p', { class: 'quiet' }, `Cancelled by ${cancelledBy.name}`)] : []),
    ...(afterCancel ? [continuedList(afterCancel)] : []),
    ...[waiting, reason].flatMap((text) => (text === undefined ? [] : [element('p', {}, text)])),
    ...(error
      ? [
          element(
            'div',
            { class: 'error', role: 'alert' },
            element('p', {}, element('strong', {}, `${error.step}: ${error.code}`), ` ${error.message}`),
            element('p', {}, error.remedy),
            error.correlationId !== undefined &&
              element('p', { class: 'quiet' }, `Azure’s correlation id: ${error.correlationId}`),
          ),
        ]
      : []),
    ...findingsList(findings),
    ...warnings.map((warning) => element('p', { class: 'warning' }, warning)),
    ...(approval?.decidedAt ? [element('p', { class: 'quiet' }, decisionText(approval))] : []),
    ...(callback ? [element('p', { class: 'quiet' }, callbackText(callback))] : []),
    ...(expiry
      ? [element('p', { class: 'quiet' }, `${expiry.state}: expires ${formatInstant(expiry.expiresAt)}`)]
      : []),
    ...(drift
      ? [
          element(
            'p',
            { class: drift.changes ? 'warning' : 'quiet' },
            `Drift: ${drift.changes ?? drift.error} ${drift.changes === undefined ? '' : 'steps differ'}${drift.notChecked === undefined ? '' : `, ${drift.notChecked} not checked`}, checked at ${formatInstant(drift.checkedAt)}`,
          ),
        ]
      : []),
  ];
};

/** What Azure continues after a cancel, and what to do about it. */
const continuedList = ({ operations, remedy }: NonNullable<DeploymentDocument['afterCancel']>): HTMLElement =>
  element(
    'div',
    {},
    element('p', {}, remedy),
    element(
      'ul',
      {},
      ...operations.map(({ step, resourceId, state }) => element('li', {}, `${state}: ${step} ${resourceId}`)),
    ),
  );

/** What exists, where it is not what the latest run made. */
const deployedLine = ({ run, deployed }: DeploymentDocument): Node[] => {
  if (!deployed || (deployed.run === run && !deployed.changedBy)) return [];
  const { changedBy = [], expiry } = deployed;
  const changes = changedBy.map((each) => `run ${each.run} (${each.steps.join(', ')})`).join(', ');
  const text = [
    `The status is that of run ${run}. What exists is of run ${deployed.run}, which succeeded at ${formatInstant(deployed.endedAt)}`,
    changes === '' ? '' : `, and may have been changed since by ${changes}`,
    expiry ? `. It expires ${formatInstant(expiry.expiresAt)}` : '',
    '.',
  ].join('');
  return [element('p', { class: changes === '' ? 'quiet' : 'warning' }, text)];
};

const decisionText = ({ state, by, byVerified, decidedAt = '', reason }: Approval): string =>
  [
    `${state} ${formatInstant(decidedAt)}`,
    by === undefined ? '' : ` by ${by}${byVerified ? '' : ' (as stated)'}`,
    reason === undefined ? '' : `: ${reason}`,
  ].join('');

const callbackText = ({ state, deliveries }: Callback): string => {
  const delivered = deliveries.filter((delivery) => delivery.state === 'Delivered').length;
  const failed = deliveries.findLast(({ error }) => error !== undefined);
  const trouble = failed && state !== 'Delivered' ? `; the last trouble: ${failed.error}` : '';
  return `Callback: ${state}, ${delivered} of ${deliveries.length} messages delivered${trouble}`;
};

const earlierRuns = ({ earlierRuns: runs }: DeploymentDocument): Node[] =>
  runs.length === 0
    ? []
    : [
        element('h2', {}, 'Earlier runs'),
        element(
          'ul',
          {},
          ...runs.map(({ status, startedAt, error = '' }) =>
            element('li', {}, `${formatInstant(startedAt)}: ${status} ${error}`),
          ),
        ),
      ];
