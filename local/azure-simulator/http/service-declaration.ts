import type { ErrorShape } from './http-error.ts';

/** How the end of a long-running operation is reported: by a status URL, by a result URL, or by the resource's own provisioningState. */
export type Protocol = 'azure-asyncoperation' | 'location' | 'provisioningState';

/** How errors are written: the two ways of Resource Manager's providers, and those of the other planes. */
export type Shape = ErrorShape | 'kubernetes' | 'oauth' | 'registry' | 'status' | 'xml';

export interface ErrorDeclaration {
  readonly status: number;
  /** What provokes it, as the end of the sentence "It is answered to …". */
  readonly to: string;
  /** Where Azure was seen to answer so: `owner/repository#number` of an issue, or a URL. Absent: from memory, unverified. */
  readonly seen?: string;
}

export interface OperationDeclaration<Code extends string = string> {
  /** Method and path as the route has them; with scheme and host where it is not Resource Manager's. */
  readonly route: string;
  readonly does: string;
  /** Absent: it has ended when the answer comes. */
  readonly longRunning?: Protocol;
  /** Its own errors, besides those that Resource Manager answers in front of every provider. */
  readonly refuses?: readonly Code[];
}

/** What one provider, or one plane, of the simulator covers. */
export interface ServiceDeclaration<Code extends string = string> {
  readonly title: string;
  /** As Azure spells it, such as `Microsoft.KeyVault`; absent for a data plane. */
  readonly namespace?: string;
  /** The api-versions of a data plane; those of a namespace are Resource Manager's to know. */
  readonly apiVersions?: readonly string[];
  readonly about: string;
  readonly shape: Shape;
  readonly errors: Readonly<Record<Code, ErrorDeclaration>>;
  readonly operations: readonly OperationDeclaration<Code>[];
  /** Its errors for paths and methods that are none of its operations, on a data plane. */
  readonly elsewhere?: readonly Code[];
  /** Where it is known to differ from Azure. */
  readonly differences: readonly string[];
}

/** Lets TypeScript check that operations refuse with declared errors only. */
export const declareService = <Code extends string>(
  service: Omit<ServiceDeclaration<Code>, 'operations' | 'elsewhere'> & {
    operations: readonly OperationDeclaration<NoInfer<Code>>[];
    elsewhere?: readonly NoInfer<Code>[];
  },
): ServiceDeclaration<Code> => service;
