import { HttpError } from '../http/http-error.ts';
import type { ServiceDeclaration } from '../http/service-declaration.ts';
import { registryError } from '../providers/container-registry/manifests.ts';
import { missingParameter } from '../providers/container-service/cluster-schema.ts';
import { kubernetesStatus } from '../providers/container-service/kubernetes-status.ts';
import { FAULT_KINDS } from './fault-kinds.ts';
import { anchorOf, bullets, code, table } from './markdown.ts';
import { serviceSection, versionsOf } from './service-section.ts';
import { SERVICES } from './services.ts';

const INTRODUCTION = `# What the Azure simulator covers

<!-- Written by \`npm run docs\` from local/azure-simulator/**/coverage.ts. Do not edit. -->

The simulator in \`local/azure-simulator\` is worth as much as its refusals. An emulator that takes every body teaches nothing: the mistake waits for the real thing.
So this one refuses what Azure refuses, with Azure's status, code and shape, and this page lists all of it: every operation, every error that can come
back and what provokes it, and where the simulator is known to differ.

Azure documents few of its errors. Where one is documented, or was seen in a public issue or in public source, the table links to it; **unverified** means that status and code are
from memory or by analogy (a link shows the code; the status beside it is not always shown there). Messages are Azure's where somebody quoted them, so read the code, not the message.`;

const json = (body: unknown): string => `\`\`\`json\n${JSON.stringify(body)}\n\`\`\``;

const NOT_FOUND = new HttpError(404, 'ResourceGroupNotFound', "Resource group 'airflow' could not be found.");
const INVALID = missingParameter('agentPoolProfile.count');
const UNKNOWN_MANIFEST = new HttpError(404, 'MANIFEST_UNKNOWN', 'manifest unknown');
const UNAUTHORIZED = new HttpError(401, 'Unauthorized', 'Unauthorized');

const SHAPES = `Errors come in seven shapes. The standard one is that of Resource Manager, of most providers, of the vaults and of Graph:

${json(NOT_FOUND.body('standard'))}

The flat one is that of AKS, for what it refuses itself; what Resource Manager refuses in front of it has the standard one:

${json(INVALID.body('flat'))}

A cluster's API server answers as Kubernetes does:

${json(kubernetesStatus(UNAUTHORIZED))}

Log-in answers as OAuth 2.0 has it:

${json({ error: 'invalid_scope', error_description: 'AADSTS1002012: …', error_codes: [1002012] })}

The token endpoint of a managed identity has no codes:

${json({ statusCode: 400, message: 'The resource is missing.' })}

Container registries answer as the distribution specification has it:

${json(registryError(UNKNOWN_MANIFEST).body)}

And the blob endpoint speaks XML:

\`\`\`xml
<Error><Code>ContainerNotFound</Code><Message>The specified container does not exist. …</Message></Error>
\`\`\``;

const LONG_RUNNING = `The end of a long-running operation is reported in one of three ways: at the URL in **Azure-AsyncOperation**, as a status in the body; at the URL in **Location**, which answers
202 until the result is there; or by the resource itself, in its **provisioningState**. In paths,
\`…\` stands for the subscription, the resource group if there is one, and the provider.`;

const OTHERWISE = `What a table does not name is read without complaint: a property that Azure ignores is ignored here too.`;

const FAULTS = `## Faults on demand

What no request provokes, a script does: \`POST /_simulator/faults\` takes what to match (\`method\`; \`path\`, a regular expression; \`nth\`, the first that it
strikes; \`times\`, how many) and an \`action\`, one of these:`;

const CAMPAIGN = `Every long-running operation of this page can be made to fail and to hang, and \`npm run fault-matrix\` tries all of them on every request of a deployment.`;

const KEPT_TRUE = `## How this page is kept true

Each provider, and each plane beside them, declares its operations, errors and differences in a \`coverage.ts\` beside the code. Tests hold the declarations to what the simulator does:`;

const CHECKS = [
  'every route of the router is declared, and every declared operation has a route;',
  'every declared error is provoked on the operation that declares it, with its status and shape, by a table of wrong requests for each; no request of the tables is answered with an error that is not declared; and everything that was stored stays as it was;',
  'every code in the source of a provider is declared;',
  'every long-running operation ends, fails and hangs by the protocol that it declares;',
  'bodies of arbitrary JSON, sent to every operation that takes one, never meet a 5xx and, when refused, change nothing;',
  'this page is what the declarations make of it.',
];

/** The text of docs/simulator-coverage.md. */
export const coveragePage = (): string =>
  [
    INTRODUCTION,
    glance(),
    SHAPES,
    LONG_RUNNING,
    OTHERWISE,
    ...SERVICES.map(serviceSection),
    FAULTS,
    faults(),
    CAMPAIGN,
    KEPT_TRUE,
    bullets(CHECKS),
  ]
    .join('\n\n')
    .concat('\n');

const glance = (): string =>
  table(
    ['service', 'operations', 'errors', 'seen in Azure', 'newest api-version'],
    [...SERVICES.map(row), ['**all**', ...totals()]],
  );

const row = (service: ServiceDeclaration): string[] => [
  `[${service.title}](#${anchorOf(service.title)})`,
  ...counts([service]),
  versionsOf(service).at(-1) ?? '',
];

const totals = (): string[] => [...counts(SERVICES), ''];

const counts = (services: readonly ServiceDeclaration[]): string[] => {
  const errors = services.flatMap((service) => Object.values(service.errors));
  const operations = services.flatMap((service) => service.operations);
  return [operations, errors, errors.filter(({ seen }) => seen)].map(({ length }) => String(length));
};

const faults = (): string =>
  table(
    ['action', 'value', 'does'],
    Object.entries(FAULT_KINDS).map(([kind, { script, does, longRunningOnly }]) => [
      code(kind),
      code(script),
      longRunningOnly ? `${does}; for long-running operations only` : does,
    ]),
  );
