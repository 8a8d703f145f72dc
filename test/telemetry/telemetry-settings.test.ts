import { expect, it } from 'vitest';
import { authenticationOf } from '../../src/telemetry/authentication-string.ts';
import { isTelemetryOn, readTelemetrySettings } from '../../src/telemetry/telemetry-settings.ts';

it('telemetry is off without an address, and an empty setting is none', () => {
  expect(isTelemetryOn(readTelemetrySettings({}))).toBe(false);
  const empty = { APPLICATIONINSIGHTS_CONNECTION_STRING: '', OTEL_EXPORTER_OTLP_ENDPOINT: '' };
  expect(isTelemetryOn(readTelemetrySettings(empty))).toBe(false);
  expect(isTelemetryOn(readTelemetrySettings({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318' }))).toBe(true);
  expect(isTelemetryOn(readTelemetrySettings({ APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=x' }))).toBe(
    true,
  );
});

it.each([
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4317' }, 'OTEL_EXPORTER_OTLP_ENDPOINT must be an http or https URL'],
  [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, 'OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf or http/json; gRPC'],
  [{ OTEL_METRIC_EXPORT_INTERVAL: 'often' }, 'OTEL_METRIC_EXPORT_INTERVAL must be a number'],
])('%j is refused with the name of the setting and what to do', (environment, message) => {
  expect(() => readTelemetrySettings(environment)).toThrow(message);
});

it('reads the authentication string in any order and case', () => {
  expect(authenticationOf(undefined)).toBeUndefined();
  expect(authenticationOf('Authorization=AAD')).toEqual({});
  expect(authenticationOf('ClientId=11111111-2222;Authorization=AAD')).toEqual({ clientId: '11111111-2222' });
  expect(authenticationOf('authorization=aad; clientid=1')).toEqual({ clientId: '1' });
  expect(() => authenticationOf('ClientId=1')).toThrow('must be "Authorization=AAD"');
});
