import { access, isOpen } from '../callers/access.ts';
import { deploymentStatuses } from '../deployment/run/deployment-status.ts';
import type { Answer, Operation, Parameter } from './operation.ts';

const id: Parameter = {
  name: 'id',
  in: 'path',
  title: 'Deployment id',
  description: 'The id of the deployment: by default the name of its resource group.',
  required: true,
  type: 'string',
  pattern: '^[a-z0-9-]{1,64}$',
};

const problem = (description: string): Answer => ({
  description,
  schema: 'Problem',
  contentType: 'application/problem+json',
});

const unauthorized: Answer = { description: 'The function key is missing or wrong, or the token is not accepted.' };
const forbidden = problem('The token carries no role that opens this.');
const unavailable: Answer = {
  ...problem('Tokens cannot be checked now, or the service cannot store the request now.'),
  headers: { 'Retry-After': 'When to send the request again, in whole seconds.' },
};
const noCallbacks = problem('The request names a callbackUrl, and the service is not set up for callbacks.');
const tooLarge = problem('The body is too large.');
const uriTooLong = problem('The URL has more than 4,096 characters.');
const headersTooLarge = problem('A header has more than 16 KiB, or all of them more than 32 KiB.');
const unsupported = problem('The body is compressed, or in another charset than UTF-8.');
const notFound = problem('There is no deployment of this id.');
const failed = problem('The service failed; nothing was started.');
const invalid = problem('The request breaks a rule; nothing was started. `errors` names the fields.');

const monitor = {
  'Operation-Location': 'The address of the status.',
  'Retry-After': 'When to poll again, in whole seconds.',
};
const accepted = (description: string, end: string): Answer => ({
  description,
  schema: 'Accepted',
  headers: {
    Location: `The address that answers 202 until the end, then 200 if ${end} and 422 otherwise.`,
    ...monitor,
  },
});

const ofRun = { 'Deployment-Run': 'The run that it is of.' };

const described: readonly Operation[] = [
  {
    function: 'createDeployment',
    id: 'createDeployment',
    method: 'post',
    route: 'deployments',
    summary: 'Start a deployment',
    description:
      'Creates what Apache Airflow on AKS needs, or completes it: what exists as wanted is left alone. The same request while it runs finds the same deployment.',
    visibility: 'important',
    request: 'DeploymentRequest',
    answers: {
      202: {
        description: 'Started, or running already.',
        schema: 'Accepted',
        headers: { Location: 'The address of the result: 202 until the end.', ...monitor },
      },
      400: invalid,
      409: problem(
        'A deployment of this id is running with another body or being deleted, another one is at work in the resource group, the plan is out of date or cannot be checked, the id belongs to a deployment in another place, or the name to somebody else.',
      ),
      422: noCallbacks,
      429: problem('The caller has too many deployments running.'),
      500: failed,
    },
  },
  {
    function: 'createPlan',
    id: 'createPlan',
    method: 'post',
    route: 'plans',
    summary: 'Plan a deployment',
    description: 'What a start with the same body would do, without doing it, and everything that stands against it.',
    visibility: 'important',
    parameters: [
      {
        name: 'commands',
        in: 'query',
        title: 'Commands',
        description: 'az adds the same as az commands.',
        type: 'string',
        values: ['az'],
      },
    ],
    request: 'DeploymentRequest',
    answers: {
      200: { description: 'The plan.', schema: 'Plan' },
      400: invalid,
      409: problem('The id belongs to a deployment in another place, or a name to somebody else.'),
      422: noCallbacks,
      500: failed,
    },
  },
  {
    function: 'listDeployments',
    id: 'listDeployments',
    method: 'get',
    route: 'deployments',
    summary: 'List deployments',
    description: 'The deployments, newest first, page by page.',
    visibility: 'advanced',
    parameters: [
      {
        name: 'status',
        in: 'query',
        title: 'Status',
        description: 'Only deployments of this status.',
        type: 'string',
        values: deploymentStatuses,
      },
      {
        name: 'correlationId',
        in: 'query',
        title: 'Correlation id',
        description: 'Only deployments that were started with it.',
        type: 'string',
        pattern: '^[!-~]{1,128}$',
      },
      {
        name: 'createdAfter',
        in: 'query',
        title: 'Created after',
        description: 'Only deployments that were created after this instant.',
        type: 'string',
        format: 'date-time',
      },
      {
        name: 'createdBefore',
        in: 'query',
        title: 'Created before',
        description: 'Only deployments that were created before this instant.',
        type: 'string',
        format: 'date-time',
      },
      {
        name: 'top',
        in: 'query',
        title: 'Page size',
        description: 'How many a page holds.',
        type: 'integer',
        minimum: 1,
        maximum: 200,
        default: 50,
      },
      {
        name: 'after',
        in: 'query',
        title: 'After',
        description: 'Where the page before ended; taken from nextLink.',
        type: 'string',
        pattern: '^\\d{1,15}~[a-z0-9-]{1,64}$',
      },
    ],
    answers: {
      200: { description: 'A page of deployments.', schema: 'DeploymentList' },
      400: invalid,
      500: failed,
    },
  },
  {
    function: 'getDeployment',
    id: 'getDeployment',
    method: 'get',
    route: 'deployments/{id}',
    summary: 'Get the status of a deployment',
    description:
      'The status with every step, from the first answer on. 200 as long as the deployment is known, also when it failed.',
    visibility: 'important',
    parameters: [
      id,
      {
        name: 'wait',
        in: 'query',
        title: 'Wait',
        description: 'Holds the answer until something changes, at most so many seconds.',
        type: 'integer',
        minimum: 1,
        maximum: 30,
      },
      {
        name: 'If-None-Match',
        in: 'header',
        title: 'Known state',
        description: 'The ETag of the answer before: 304 when it is still so.',
        type: 'string',
      },
    ],
    answers: {
      200: {
        description: 'The status.',
        schema: 'Deployment',
        headers: {
          ETag: 'What this state is known by.',
          'Retry-After': 'While it has not ended: when to poll again, in whole seconds.',
        },
        whileRunning: ['Retry-After'],
      },
      304: { description: 'Nothing changed.', headers: { ETag: 'The same as was sent.' } },
      400: invalid,
      404: notFound,
      500: failed,
    },
  },
  {
    function: 'getDrift',
    id: 'getDrift',
    method: 'get',
    route: 'deployments/{id}/drift',
    summary: 'Get the last report on drift',
    description: 'What the last scheduled check found that is not as the deployment left it.',
    visibility: 'advanced',
    parameters: [id],
    answers: {
      200: { description: 'The report.', schema: 'DriftReport' },
      404: problem('There is no deployment of this id, or its last run was not checked.'),
      500: failed,
    },
  },
  {
    function: 'getResult',
    id: 'getResult',
    method: 'get',
    route: 'deployments/{id}/result',
    summary: 'Wait for the result of a deployment',
    description:
      '202 until the deployment has ended, then 200 with the outputs, or 422 when it failed, was cancelled or was deleted.',
    visibility: 'important',
    parameters: [
      id,
      {
        name: 'expect',
        in: 'query',
        title: 'Expected end',
        description: 'The end for which the answer is 200. Cancelled after a cancel, Deleted after a delete.',
        type: 'string',
        values: ['Succeeded', 'Cancelled', 'Deleted'],
        default: 'Succeeded',
      },
    ],
    answers: {
      200: { description: 'It ended as expected.', schema: 'Result' },
      202: {
        description: 'It has not ended.',
        schema: 'Accepted',
        headers: { Location: 'The same address.', ...monitor },
      },
      404: notFound,
      422: problem(
        'It ended otherwise: it failed, was cancelled or was deleted, or it succeeded where another end is expected.',
      ),
      500: failed,
    },
  },
  {
    function: 'getOutputs',
    id: 'getOutputs',
    method: 'get',
    route: 'deployments/{id}/outputs',
    summary: 'Get the outputs of a deployment',
    description: 'The values that the tutorial exports, under its names.',
    visibility: 'important',
    parameters: [
      id,
      {
        name: 'format',
        in: 'query',
        title: 'Format',
        description: 'json, or env for a shell to evaluate.',
        type: 'string',
        values: ['json', 'env'],
        default: 'json',
      },
    ],
    answers: {
      200: {
        description: 'The outputs of the last run that succeeded; lines for a shell when format is env.',
        schema: 'Outputs',
        textType: 'text/plain',
        headers: ofRun,
      },
      400: invalid,
      404: notFound,
      409: problem('No run has succeeded, or a later one may have changed what exists.'),
      500: failed,
    },
  },
  ...(['approve', 'reject'] as const).map(
    (verb): Operation => ({
      function: `${verb}Deployment`,
      id: `${verb}Deployment`,
      method: 'post',
      route: `deployments/{id}/${verb}`,
      summary: verb === 'approve' ? 'Approve a deployment' : 'Reject a deployment',
      description:
        verb === 'approve'
          ? 'Lets a deployment go on that waits for approval.'
          : 'Ends a deployment that waits for approval, before its first change.',
      visibility: 'advanced',
      parameters: [id],
      request: 'Decision',
      answers: {
        200: { description: 'Decided so, now or before.', schema: 'Decided', headers: monitor },
        202: {
          description: 'The decision is kept, and not yet taken in.',
          schema: 'Decided',
          headers: { Location: 'The address of the result: 202 until the end.', ...monitor },
        },
        400: invalid,
        404: notFound,
        409: problem('It does not wait for approval, or was decided on otherwise.'),
        500: failed,
      },
    }),
  ),
  {
    function: 'cancelDeployment',
    id: 'cancelDeployment',
    method: 'post',
    route: 'deployments/{id}/cancel',
    summary: 'Cancel a deployment',
    description:
      'Stops a running deployment at the next step. What was created stays; the same request goes on from there. Azure continues, and bills, the operations that it has begun: the answer and the status name them. With andDelete the service deletes the deployment once they have ended; that takes the app role Deployments.Destroy too.',
    visibility: 'important',
    parameters: [
      id,
      {
        name: 'andDelete',
        in: 'query',
        title: 'Delete afterwards',
        description: 'Deletes the deployment once Azure has ended what it had begun. Needs confirm.',
        type: 'boolean',
        default: false,
      },
      {
        name: 'confirm',
        in: 'query',
        title: 'Resource group',
        description: 'With andDelete: the name of the resource group that the deployment is in, as a confirmation.',
        type: 'string',
      },
    ],
    answers: {
      202: accepted('It stops.', 'it was cancelled'),
      400: invalid,
      404: notFound,
      409: problem('It has ended, or is ending at this moment.'),
      500: failed,
    },
  },
  {
    function: 'deleteDeployment',
    id: 'deleteDeployment',
    method: 'delete',
    route: 'deployments/{id}',
    summary: 'Delete a deployment',
    description: 'Undoes a deployment: deletes what it created and only that. A running one is cancelled first.',
    visibility: 'advanced',
    parameters: [
      id,
      {
        name: 'confirm',
        in: 'query',
        title: 'Resource group',
        description: 'The name of the resource group that the deployment is in, as a confirmation.',
        required: true,
        type: 'string',
        pattern: '^[-\\w._()]{0,89}[-\\w_()]$',
      },
      {
        name: 'purge',
        in: 'query',
        title: 'Purge the vault',
        description: 'Deletes the key vault for good. Otherwise it can be recovered for 90 days.',
        type: 'boolean',
        default: false,
      },
    ],
    answers: {
      202: accepted('It is being deleted.', 'it was deleted'),
      400: invalid,
      404: notFound,
      409: problem('It is being deleted with another purge, or another deployment is at work in the resource group.'),
      500: failed,
    },
  },
  {
    function: 'postKubeconfig',
    id: 'getKubeconfig',
    method: 'post',
    route: 'deployments/{id}/kubeconfig',
    summary: 'Get the kubeconfig of the cluster',
    description: "The cluster's user kubeconfig, fetched now from Azure and stored nowhere.",
    visibility: 'advanced',
    parameters: [id],
    answers: {
      200: { description: 'The kubeconfig, as YAML.', contentType: 'application/yaml', headers: ofRun },
      403: problem('The token carries no role that opens this, or the owner of the cluster has not consented.'),
      404: notFound,
      409: problem('The cluster is not there.'),
      500: failed,
      502: problem('Azure refused it.'),
      503: { ...unavailable, ...problem('Azure does not answer now, or tokens cannot be checked.') },
    },
  },
  {
    function: 'getHealth',
    id: 'getHealth',
    method: 'get',
    route: 'health',
    summary: 'See whether the service is alive',
    description: 'Carries no data and takes no key.',
    visibility: 'internal',
    answers: { 200: { description: 'It is.', schema: 'Health' } },
  },
];

/** Every operation that a caller may use, with what all of them may answer; the page and its files are none. */
export const operations: readonly Operation[] = described.map((operation) =>
  isOpen(access[operation.function])
    ? operation
    : {
        ...operation,
        answers: {
          ...operation.answers,
          400: operation.answers[400] ?? invalid,
          401: unauthorized,
          403: operation.answers[403] ?? forbidden,
          ...(operation.method !== 'get' && { 413: tooLarge, 415: unsupported }),
          414: uriTooLong,
          431: headersTooLarge,
          503: operation.answers[503] ?? unavailable,
        },
      },
);
