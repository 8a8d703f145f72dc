import { STATUS_CODES } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isJsonObject, type JsonObject } from '../../../local/azure-simulator/base/json.ts';
import type { ServiceDeclaration, Shape } from '../../../local/azure-simulator/http/service-declaration.ts';
import { RESOURCE_MANAGER_COVERAGE } from '../../../local/azure-simulator/resource-manager/coverage.ts';
import { type Fixture, startFixture } from '../fixture.ts';
import { operationOf } from './operation-of.ts';

/** What a request turns out to be only when the simulator runs, such as the URL of an operation. */
interface Late {
  url?: string;
  headers?: Record<string, string>;
}

type Answer = Awaited<ReturnType<Fixture['send']>>;

/** A request that is refused, and how. */
export interface Refusal {
  wrong: string;
  method: string;
  url: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** What happens before. */
  given?: (azure: Fixture) => Promise<unknown>;
  /** What is known then only; comes after `given`. */
  late?: (azure: Fixture) => Promise<Late>;
  status: number;
  code: string;
  /** A part of the message, or a pattern. */
  says?: string | RegExp;
  target?: string;
}

/**
 * Tests that each request of a table is refused as it says, in the shape of the service, leaving everything as it was; and that the table
 * and the service's declaration name the same errors of the same operations.
 *
 * @param prepare - makes what the requests are about.
 */
export const testRefusals = (
  service: ServiceDeclaration,
  prepare: (azure: Fixture) => Promise<unknown>,
  refusals: readonly Refusal[],
): void => {
  let azure: Fixture;
  beforeEach(async () => {
    azure = await startFixture();
    await prepare(azure);
  });
  afterEach(() => azure.close());

  describe(service.title, () => {
    test.each(refusals)('$method: $wrong ($status $code)', async (refusal) => {
      await refusal.given?.(azure);
      const late = await refusal.late?.(azure);
      const url = late?.url ?? refusal.url;
      const before = snapshot(azure);
      const answer = await azure.send(refusal.method, url, refusal.body, { ...refusal.headers, ...late?.headers });
      const shown =
        errorIn(answer).shape === 'none' && isBodyless(refusal, answer) ? journalled(azure, service) : errorIn(answer);
      expect({ status: answer.status, ...shown }, answer.text).toMatchObject({
        status: refusal.status,
        code: refusal.code,
        shape: shapeOf(service, refusal),
        ...(refusal.target !== undefined && { target: refusal.target }),
      });
      if (refusal.says !== undefined) expect(shown.message).toMatch(refusal.says);
      expect(snapshot(azure)).toEqual(before);
    });

    test('every error of the table is declared for its operation, with its status', () => {
      expect(refusals.filter((refusal) => !isDeclared(service, refusal)).map(nameOf)).toEqual([]);
    });

    test('every declared error is provoked', () => {
      const provoked = new Set(refusals.map(({ method, url, code }) => `${placeOf(service, method, url)}: ${code}`));
      expect(declaredErrors(service).filter((one) => !provoked.has(one))).toEqual([]);
    });
  });
};

/** The operation's route; for Resource Manager, and what is nobody's operation, there is one place for all. */
const placeOf = (service: ServiceDeclaration, method: string, url: string): string =>
  operationOf(service, method, url)?.route ?? 'elsewhere';

const declaredErrors = (service: ServiceDeclaration): string[] => {
  const elsewhere = service.operations.length === 0 ? Object.keys(service.errors) : (service.elsewhere ?? []);
  return [
    ...service.operations.flatMap(({ route, refuses = [] }) => refuses.map((code) => `${route}: ${code}`)),
    ...elsewhere.map((code) => `elsewhere: ${code}`),
  ];
};

/** All that a request could change. */
export const snapshot = ({ simulator }: Fixture): unknown => ({
  resources: simulator.resources(),
  operations: simulator.operations(),
});

const isDeclared = (service: ServiceDeclaration, { method, url, status, code }: Refusal): boolean => {
  const own = operationOf(service, method, url)?.refuses ?? service.elsewhere ?? [];
  const errors: ServiceDeclaration['errors'] = own.includes(code) ? service.errors : frontErrors(service);
  return errors[code]?.status === status;
};

/** What stands in front of a service: nothing, where it is a data plane. */
const frontErrors = ({ namespace, operations }: ServiceDeclaration): ServiceDeclaration['errors'] =>
  namespace !== undefined || operations.length === 0 ? RESOURCE_MANAGER_COVERAGE.errors : {};

const nameOf = ({ method, wrong, code }: Refusal): string => `${method}: ${wrong} (${code})`;

/** What Resource Manager refuses in front of a provider has its own shape. */
const shapeOf = (service: ServiceDeclaration, { method, url, code }: Refusal): Shape =>
  service.namespace === undefined || operationOf(service, method, url)?.refuses?.includes(code)
    ? service.shape
    : 'standard';

const isBodyless = ({ method }: Refusal, { text }: Answer): boolean => method === 'HEAD' && text === '';

/** The answer to a HEAD has no body: what it would have said is in the journal. */
const journalled = ({ simulator }: Fixture, { shape }: ServiceDeclaration): ShownError => ({
  shape,
  code: simulator.requests().at(-1)?.code,
});

interface ShownError {
  shape: Shape | 'none';
  code?: unknown;
  message?: string;
  target?: unknown;
}

/** The error of an answer, whatever its shape. */
export const errorIn = ({ body, text, headers }: Pick<Answer, 'body' | 'text' | 'headers'>): ShownError => {
  const { 'x-ms-error-code': storageCode } = headers;
  if (storageCode !== undefined) {
    const [, code, message] = /<Error><Code>(\w+)<\/Code><Message>([^<]*)<\/Message>/.exec(text) ?? [];
    // The answer to a HEAD has no body.
    const isWhole = text === '' || code === storageCode;
    return { shape: isWhole ? 'xml' : 'none', ...shown({ code: String(storageCode), message }) };
  }
  if (!isJsonObject(body)) return { shape: 'none' };
  if (typeof body.error === 'string')
    return { shape: 'oauth', ...shown({ code: body.error, message: body.error_description }) };
  if (typeof body.statusCode === 'number') {
    const code = STATUS_CODES[body.statusCode]?.replaceAll(' ', '');
    return { shape: 'status', ...shown({ code, message: body.message }) };
  }
  if (body.kind === 'Status') return { shape: 'kubernetes', ...shown({ ...body, code: body.reason }) };
  const [first] = Array.isArray(body.errors) ? body.errors : [];
  if (isJsonObject(first)) return { shape: 'registry', ...shown(first) };
  if (isJsonObject(body.error)) return { shape: 'standard', ...shown(body.error) };
  const isFlat = body.details === null && body.subcode === '' && typeof body.code === 'string';
  return isFlat ? { shape: 'flat', ...shown(body) } : { shape: 'none' };
};

const shown = ({ code, message, target }: JsonObject): Omit<ShownError, 'shape'> => ({
  code,
  ...(typeof message === 'string' && { message }),
  target,
});
