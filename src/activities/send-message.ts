import type { z } from 'zod';
import { callbackDelaySeconds } from '../callbacks/callback-schedule.ts';
import { readCallbackSettings } from '../callbacks/callback-settings.ts';
import { isLocalTrial, refusalOfUrl } from '../callbacks/check-callback-url.ts';
import { NoAnswerError, postMessage } from '../callbacks/post-message.ts';
import { openUrl } from '../callbacks/seal-url.ts';
import { signedHeaders } from '../callbacks/sign-message.ts';
import { type SendReport, sendMessage } from '../deployment/callbacks/callback-contracts.ts';
import type { Activity } from '../task-hub/activity.ts';
import { log } from '../telemetry/log.ts';
import { inRequestSpan } from '../telemetry/request-span.ts';
import { events } from '../telemetry/telemetry-names.ts';

type Message = z.infer<typeof sendMessage.input>;

/**
 * Sends one message once. Nothing leaves it but words of its own: an error of others could hold the URL. It may run twice, so that a
 * receiver may get a message twice, under the same id.
 */
export const sendMessageActivity: Activity = async (data, context): Promise<SendReport> => {
  const message = sendMessage.input.parse(data);
  const report = await send(message);
  if (report.kind === 'delivered') return report;
  const outlook =
    report.kind === 'retry' ? `is sent again in ${Math.round(report.requeueAfterSeconds)} s` : 'is given up';
  const text = `The message ${message.type} ${outlook}: ${report.error ?? 'no reason is known'}.`;
  log(context, report.kind === 'retry' ? 'warn' : 'error', text, { event: events.callbackFailed });
  return report;
};

const send = async (message: Message): Promise<SendReport> => {
  let url: URL;
  try {
    url = new URL(open(message));
  } catch (error) {
    return again(message, { error: error instanceof Error ? error.message : 'the callback URL could not be opened' });
  }
  const { allowedHosts, signingSecrets } = readCallbackSettings();
  const refusal = refusalOfUrl(url, { allowedHosts, localTrial: isLocalTrial() });
  if (refusal !== undefined) return { kind: 'failed', error: `the callback URL ${refusal}` };
  return attempt(url, message, signingSecrets);
};

/** What an operator can put right (a setting that is gone or broken) is worth another attempt. */
const open = ({ sealedUrl, deploymentId, run }: Message): string => {
  const { encryptionKeys, signingSecrets } = readCallbackSettings();
  if (signingSecrets.length === 0) throw new Error('The app setting CALLBACK_SIGNING_SECRET is not set.');
  return openUrl(sealedUrl, { deploymentId, run }, encryptionKeys);
};

const attempt = async (url: URL, message: Message, secrets: readonly Buffer[]): Promise<SendReport> => {
  const { messageId: id, type, occurredAt, data } = message;
  const body = JSON.stringify({ type, timestamp: occurredAt, data });
  try {
    const headers = signedHeaders({ id, body }, Date.now(), secrets);
    const { status, retryAfterSeconds } = await inRequestSpan(
      { method: 'POST', url, pathIsSecret: true, target: 'callback' },
      () => postMessage(url, body, headers),
      (answer) => ({ status: answer.status, header: () => undefined }),
    );
    if (status >= 200 && status < 300) return { kind: 'delivered', status };
    if (status === 410) return { kind: 'failed', status, error: 'the receiver wants no more messages', gone: true };
    return again(message, { status, error: errorOf(status), retryAfterSeconds });
  } catch (error) {
    if (!(error instanceof NoAnswerError)) return again(message, { error: 'the request failed' });
    return error.refused ? { kind: 'failed', error: error.message } : again(message, { error: error.message });
  }
};

const errorOf = (status: number): string =>
  status >= 300 && status < 400
    ? 'the receiver redirects, which is not followed'
    : `the receiver answered HTTP ${status}`;

const again = (
  { attempts }: Message,
  { status, error, retryAfterSeconds }: { status?: number; error: string; retryAfterSeconds?: number | undefined },
): SendReport => {
  const answer = { ...(status !== undefined && { status }), error };
  const requeueAfterSeconds = callbackDelaySeconds(attempts + 1, Math.random(), retryAfterSeconds);
  return requeueAfterSeconds === undefined
    ? { kind: 'failed', ...answer }
    : { kind: 'retry', requeueAfterSeconds, ...answer };
};
