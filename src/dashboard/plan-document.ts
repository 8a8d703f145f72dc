/** `POST /api/plans`, as far as the page shows it. */
export interface PlanDocument {
  readonly id: string;
  readonly hash: string;
  readonly summary: { readonly create: number; readonly update: number; readonly unchanged: number };
  readonly steps: readonly PlannedStep[];
  readonly criticalPath: { readonly usualSeconds: number };
  readonly findings: readonly Finding[];
}

export interface PlannedStep {
  readonly name: string;
  readonly action: 'create' | 'update' | 'unchanged';
  readonly critical: boolean;
  readonly usualSeconds: number;
  readonly changes?: readonly { readonly property: string; readonly from?: string; readonly to?: string }[];
  readonly note?: string;
}

export interface Finding {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly remedy?: string;
}

const key = (id: string, run: string): string => `airflow-on-aks-plan:${id}:${run}`;

/** The plan that a deployment was started from at this page, kept as long as the tab is open. */
export const keptPlan = {
  get: (id: string, run: string): PlanDocument | undefined => {
    const text = sessionStorage.getItem(key(id, run));
    return text === null ? undefined : JSON.parse(text);
  },
  set: (run: string, plan: PlanDocument): void => sessionStorage.setItem(key(plan.id, run), JSON.stringify(plan)),
};
