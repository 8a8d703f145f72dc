import type { Plan } from '../deployment/plan/plan.ts';

const key = (id: string, run: string): string => `airflow-on-aks-plan:${id}:${run}`;

/** The plan that a deployment was started from at this page, kept as long as the tab is open. */
export const keptPlan = {
  get: (id: string, run: string): Plan | undefined => {
    const text = sessionStorage.getItem(key(id, run));
    return text === null ? undefined : JSON.parse(text);
  },
  set: (run: string, plan: Plan): void => sessionStorage.setItem(key(plan.id, run), JSON.stringify(plan)),
};
