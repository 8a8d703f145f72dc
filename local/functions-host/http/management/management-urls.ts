/** What the management URLs of a task hub are made of. */
export interface ManagementUrlParts {
  /** Of the public endpoint, e.g. `http://localhost:7071/runtime/webhooks/durabletask`. */
  readonly baseUrl: string;
  readonly hubName: string;
  readonly connectionName: string;
  /** The system key; it stands in every URL, as in Azure. */
  readonly systemKey: string;
}

/** A URL's parameters, in the order of the extension. */
const requiredQuery = ({ hubName, connectionName, systemKey }: ManagementUrlParts): string =>
  `taskHub=${encodeURIComponent(hubName)}&connection=${encodeURIComponent(connectionName)}&code=${encodeURIComponent(systemKey)}`;

/**
 * The URLs of one instance (EXT `HttpApiHandler.GetClientResponseLinks`).
 *
 * @param instanceId - already encoded for a path.
 */
export const instanceUrls = (parts: ManagementUrlParts, instanceId: string) => {
  const instance = `${parts.baseUrl}/instances/${instanceId}`;
  const query = requiredQuery(parts);
  return {
    statusQueryGetUri: `${instance}?${query}`,
    sendEventPostUri: `${instance}/raiseEvent/{eventName}?${query}`,
    terminatePostUri: `${instance}/terminate?reason={text}&${query}`,
    rewindPostUri: `${instance}/rewind?reason={text}&${query}`,
    purgeHistoryDeleteUri: `${instance}?${query}`,
    restartPostUri: `${instance}/restart?${query}`,
    suspendPostUri: `${instance}/suspend?reason={text}&${query}`,
    resumePostUri: `${instance}/resume?reason={text}&${query}`,
  };
};

/** The JSON text that a function with a durable client input receives (EXT `BindingHelper.cs`, `DurableOrchestrationClientToString`). */
export const durableClientBinding = (parts: ManagementUrlParts, rpcBaseUrl: string): string => {
  const code = `code=${encodeURIComponent(parts.systemKey)}`;
  const creation = `${parts.baseUrl}/orchestrators/{functionName}[/{instanceId}]`;
  return JSON.stringify({
    taskHubName: parts.hubName,
    connectionName: null,
    creationUrls: {
      createNewInstancePostUri: `${creation}?${code}`,
      createAndWaitOnNewInstancePostUri: `${creation}?timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}&${code}`,
    },
    managementUrls: { id: 'INSTANCEID', ...instanceUrls(parts, 'INSTANCEID') },
    baseUrl: parts.baseUrl,
    requiredQueryStringParameters: code,
    rpcBaseUrl,
    httpBaseUrl: null,
  });
};
