import { readSettings } from '../../azure/settings/settings.ts';
import { type CallbackSettings, readCallbackSettings } from '../../callbacks/callback-settings.ts';
import { isLocalTrial, refusalOfUrl } from '../../callbacks/check-callback-url.ts';
import { openUrl, type SealedFor, sealUrl } from '../../callbacks/seal-url.ts';
import type { CallbackRun } from '../../deployment/callbacks/callback-run.ts';
import { storedCallbackSchema } from '../../deployment/callbacks/stored-callback.ts';
import { callbackInstanceId } from '../../deployment/names/instance-ids.ts';
import type { CallbackEventType, DeploymentOptions } from '../../deployment/request/deployment-options.ts';
import type { DeploymentRun } from '../../deployment/run/deployment-run.ts';
import type { Instance } from '../../deployment/run/instance.ts';
import { SCHEMA_VERSION } from '../../deployment/run/stored/schema-version.ts';
import type { TaskHub } from '../../task-hub/task-hub.ts';
import type { DeploymentUrls } from './deployment-urls.ts';
import { ProblemError } from './problem.ts';

/** A callback that a POST asks for, checked. The URL stays inside of this object and of the sealed text. */
export class RequestedCallback {
  readonly #url: string;
  readonly #events: readonly CallbackEventType[];
  readonly #settings: CallbackSettings;

  private constructor(url: string, events: readonly CallbackEventType[], settings: CallbackSettings) {
    this.#url = url;
    this.#events = events;
    this.#settings = settings;
  }

  /**
   * @returns undefined when the POST asks for none.
   * @throws ProblemError 422 when the service is not set up for callbacks, 500 when its settings are wrong, 400 when the URL may not be called.
   */
  static of({ callbackUrl, callbackEvents = ['ended'] }: DeploymentOptions): RequestedCallback | undefined {
    if (callbackUrl === undefined) return undefined;
    const settings = settingsOfService();
    if (callbackEvents.includes('drift') && readSettings().DRIFT_SCHEDULE === undefined) {
      throw invalid('callbackEvents', 'drift needs the app setting DRIFT_SCHEDULE, which is not set');
    }
    const url = new URL(callbackUrl);
    const message = refusalOfUrl(url, { allowedHosts: settings.allowedHosts, localTrial: isLocalTrial() });
    if (message !== undefined) throw invalid('callbackUrl', message);
    return new RequestedCallback(url.href, callbackEvents, settings);
  }

  /**
   * Has this caller notified of how a run goes. Begun before the run itself, so that a crash between the two loses nothing; one whose run never comes ends
   * by itself. Asked for again it changes nothing.
   *
   * @throws ProblemError 409 when the run notifies another caller already.
   */
  async begin(hub: TaskHub, { deployment, run }: DeploymentRun, urls: DeploymentUrls): Promise<void> {
    const sealedFor = { deploymentId: deployment.id, run };
    const instanceId = callbackInstanceId(sealedFor.deploymentId, sealedFor.run);
    const existing = await hub.find(instanceId);
    if (existing) return this.#requireSame(existing, sealedFor, urls);
    const [key] = this.#settings.encryptionKeys;
    if (!key) throw notConfigured('CALLBACK_ENCRYPTION_KEY');
    const sealedUrl = sealUrl(this.#url, sealedFor, key);
    const { correlationId } = deployment;
    const named = { ...sealedFor, ...(correlationId !== undefined && { correlationId }) };
    const input: CallbackRun = {
      schemaVersion: SCHEMA_VERSION,
      ...named,
      sealedUrl,
      events: this.#events,
      urls,
      sent: [],
      deliveries: [],
      over: false,
    };
    try {
      await hub.start('callback', instanceId, input);
    } catch (error) {
      // The same POST of the same moment may have been first, or only the answer was lost.
      const other = await hub.find(instanceId);
      if (!other) throw error;
      this.#requireSame(other, sealedFor, urls);
    }
  }

  #requireSame({ input }: Instance, sealedFor: SealedFor, urls: DeploymentUrls): void {
    const kept = storedCallbackSchema.safeParse(input).data;
    if (kept && this.#isUrlIn(kept.sealedUrl, sealedFor) && kept.events.join() === this.#events.join()) return;
    throw new ProblemError(
      409,
      'callback-differs',
      'The running deployment has another callback',
      `The deployment "${sealedFor.deploymentId}" is running as you ask, but reports to another callbackUrl or other callbackEvents. Watch its status, or send the request again after its end.`,
      { extensions: { id: sealedFor.deploymentId, urls }, headers: { 'Operation-Location': urls.status } },
    );
  }

  #isUrlIn(sealedUrl: string, sealedFor: SealedFor): boolean {
    try {
      return openUrl(sealedUrl, sealedFor, this.#settings.encryptionKeys) === this.#url;
    } catch {
      // Sealed by a key that is gone: who sealed it is unknown.
      return false;
    }
  }
}

const invalid = (field: string, message: string): ProblemError =>
  new ProblemError(400, 'invalid-request', 'The request breaks a rule', `${field} ${message}.`, {
    extensions: { errors: [{ field, message }] },
  });

const settingsOfService = (): CallbackSettings => {
  let settings: CallbackSettings;
  try {
    settings = readCallbackSettings();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ProblemError(500, 'misconfigured', 'The service is misconfigured', reason, { cause: error });
  }
  if (settings.encryptionKeys.length === 0) throw notConfigured('CALLBACK_ENCRYPTION_KEY');
  if (settings.signingSecrets.length === 0) throw notConfigured('CALLBACK_SIGNING_SECRET');
  return settings;
};

const notConfigured = (setting: string): ProblemError =>
  new ProblemError(
    422,
    'callbacks-not-configured',
    'The service sends no callbacks',
    `A callbackUrl needs the app setting ${setting}, which is not set. Have it set, or send the request without callbackUrl and poll the status.`,
    { extensions: { errors: [{ field: 'callbackUrl', message: `needs the app setting ${setting}` }] } },
  );
