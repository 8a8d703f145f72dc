import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { lastProvider } from '../deployment/names/last-provider.ts';
import { instruments } from '../telemetry/instruments.ts';
import { inRequestSpan } from '../telemetry/request-span.ts';
import { metricAttributes } from '../telemetry/telemetry-names.ts';
import { currentCloud } from './settings/cloud.ts';

/**
 * A span for every request to Azure, with the ids by which Azure's support finds it, and a count of Resource Manager's refusals to be hurried. The policy of
 * `@azure/core-tracing` leaves out the correlation id and would need an instrumentation package; it stays silent beside this one.
 *
 * A correlation id of our own is not sent: Resource Manager "always adds" it (Azure/azure-resource-manager-rpc, common-api-details.md, reserved headers).
 */
export const tracingPolicy: PipelinePolicy = {
  name: 'tracingPolicyOfTheApp',
  sendRequest(request, next) {
    const url = new URL(request.url);
    const provider = providerOf(url);
    return inRequestSpan(
      {
        method: request.method,
        url,
        target: targetOf(url),
        clientRequestId: request.headers.get('x-ms-client-request-id') ?? request.requestId,
        provider,
      },
      async (traceHeaders) => {
        for (const [name, value] of Object.entries(traceHeaders)) request.headers.set(name, value);
        const response = await next(request);
        if (response.status === 429 && url.origin === new URL(currentCloud().resourceManager).origin) {
          instruments().throttled.add(1, { [metricAttributes.provider]: provider });
        }
        return response;
      },
      ({ status, headers }) => ({ status, header: (name) => headers.get(name) }),
    );
  },
};

/** Resource Manager itself, unless a resource provider is named; the last one counts, as in the id of a role assignment. */
const providerOf = ({ pathname }: URL): string => lastProvider(pathname)[0] || 'Microsoft.Resources';

/** Provider and type, or nothing: names of resources would make every span's name another. */
const targetOf = ({ pathname }: URL): string | undefined => {
  const [namespace, type] = lastProvider(pathname);
  if (namespace && type) return `${namespace}/${type}`;
  return /\/resourceGroups\//i.test(pathname) ? 'resourceGroups' : undefined;
};
