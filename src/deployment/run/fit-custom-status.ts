import type { RecordedError, StepStatus } from '../driver/step.ts';
import type { Finding } from '../plan/finding.ts';
import type { OrchestrationStatus } from './deployment-run.ts';

/**
 * What a custom status may hold, in characters of its JSON text. The platform's limit is 16 KB of UTF-16, counted in whole KB: 8,704
 * characters fail the orchestration. Source: durable extension, DurableOrchestrationContext.SetCustomStatus.
 */
const MAX_CHARACTERS = 8_000;

/**
 * Leaves out more and more until the status fits: first the ends of long texts, then remedies, ids and notes, then all of an error but its code, at
 * last everything but what each step is, how far it came and whether it changed something. The output of the orchestration keeps it all.
 */
export const fitCustomStatus = (status: OrchestrationStatus): OrchestrationStatus => {
  for (const shorten of [texts(1024), texts(300), texts(100), fewFindings, withoutDetails, withoutMessages, bare]) {
    const shortened = shorten(status);
    if (JSON.stringify(shortened).length <= MAX_CHARACTERS) return shortened;
  }
  const { kept: _, ...rest } = bare(status);
  return rest;
};

type Shorten = (status: OrchestrationStatus) => OrchestrationStatus;

const texts =
  (length: number): Shorten =>
  (status) =>
    mapErrors(
      {
        ...status,
        ...(status.findings && { findings: status.findings.map((finding) => cutFinding(finding, length)) }),
      },
      (error) => ({
        ...error,
        code: cut(error.code, 80),
        message: cut(error.message, length),
        ...(error.remedy !== undefined && { remedy: cut(error.remedy, length) }),
      }),
    );

/** So many findings are shown where all do not fit; the error says how many there are. */
const FEW_FINDINGS = 8;

/** The same for what an undo leaves; what the deployment made comes first. */
const FEW_KEPT = 12;

const fewFindings: Shorten = (status) => {
  const { findings, kept, inside, ...rest } = texts(100)(status);
  return {
    ...rest,
    ...(findings && { findings: findings.slice(0, FEW_FINDINGS) }),
    ...(kept && { kept: kept.slice(0, FEW_KEPT) }),
    ...(inside && { inside: inside.slice(0, FEW_KEPT) }),
  };
};

const withoutDetails: Shorten = (status) => {
  const few = fewFindings(status);
  const { warnings: _, findings: _findings, inside: _inside, ...shortened } = mapErrors(few, withoutReferences);
  return {
    ...shortened,
    steps: shortened.steps.map(({ resourceId: _, note: __, changed: ___, digest: ____, ...step }) => step),
  };
};

const withoutMessages: Shorten = (status) => {
  const { steps, ...shortened } = withoutDetails(status);
  return {
    ...shortened,
    steps: steps.map(({ error, ...step }) => (error ? { ...step, error: { ...error, message: '' } } : step)),
  };
};

const bare: Shorten = (status) => {
  const { steps, ...shortened } = withoutDetails(status);
  return {
    ...shortened,
    steps: steps.map(({ name, state, attempts, polls, change, wrote }) => ({
      name,
      state,
      attempts,
      polls,
      ...(change && { change }),
      ...(wrote && { wrote }),
    })),
  };
};

const withoutReferences = ({ code, message, class: errorClass }: RecordedError): RecordedError => ({
  code,
  message,
  class: errorClass,
});

const mapErrors = (status: OrchestrationStatus, map: (error: RecordedError) => RecordedError): OrchestrationStatus => {
  const mapStep = (step: StepStatus): StepStatus => (step.error ? { ...step, error: map(step.error) } : step);
  const { error, steps } = status;
  return {
    ...status,
    ...(error && { error: { ...map(error), step: error.step } }),
    steps: steps.map(mapStep),
  };
};

/** A finding's remedy stands on its page too. */
const cutFinding = (finding: Finding, length: number): Finding => ({
  ...finding,
  message: cut(finding.message, length),
  remedy: cut(finding.remedy, length),
});

const cut = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);
