import { instance } from './instance.ts';
import { matches, type Row } from './tables.ts';

/** Fakes of `@servicenow/sdk/automation`: a flow is recorded as a list of steps and then carried out, step by step. */

type Inputs = Readonly<Record<string, unknown>>;

type Step =
  | { readonly kind: 'action'; readonly type: string; readonly id: string; readonly inputs: Inputs }
  | { readonly kind: 'if' | 'else'; readonly condition: string; readonly steps: readonly Step[] }
  | { readonly kind: 'end' };

let recording: Step[] = [];

const record = (body: () => void): readonly Step[] => {
  const outer = recording;
  const steps: Step[] = [];
  recording = steps;
  body();
  recording = outer;
  return steps;
};

/** Whatever is read of it is a path from `name`: `{{trigger.request_item.number}}` in a text. */
const pill = (name: string): object =>
  new Proxy(
    {},
    {
      get: (_, key) =>
        typeof key === 'symbol'
          ? () => `{{${name}}}`
          : key === 'toString'
            ? () => `{{${name}}}`
            : pill(`${name}.${key}`),
    },
  );

const names = new Proxy({}, { get: (_, key) => String(key) });

export const action = { core: names };
export const trigger = { application: names };

export const wfa = {
  trigger: (): void => {},
  dataPill: (path: object): string => String(path),
  approvalRules: (rules: object): string => JSON.stringify(rules),
  approvalDueDate: (): string => '',
  action: (type: string, { $id }: { $id: string }, inputs: Inputs): object => {
    recording.push({ kind: 'action', type, id: $id, inputs });
    return pill($id);
  },
  flowLogic: {
    if: ({ condition }: { condition: string }, body: () => void): void =>
      void recording.push({ kind: 'if', condition, steps: record(body) }),
    else: (_: object, body: () => void): void =>
      void recording.push({ kind: 'else', condition: '', steps: record(body) }),
    endFlow: (): void => void recording.push({ kind: 'end' }),
  },
};

export const Flow = (_config: object, _trigger: unknown, body: (params: unknown) => void): void =>
  void instance.flows.push({ body });

/** A flow of one requested item, waiting or ended. */
export class FlowRun {
  /** Who is asked to approve, while somebody is. */
  approvers: string | undefined;
  readonly #itemId: string;
  readonly #outputs = new Map<string, Row>();
  #decide: (state: string) => void = () => {};
  #wake: (timedOut: boolean) => void = () => {};

  constructor(itemId: string) {
    this.#itemId = itemId;
    for (const { body } of instance.flows) void this.#carryOut(record(() => body({ trigger: pill('trigger') })));
  }

  decide(state: 'approved' | 'rejected'): void {
    this.#decide(state);
  }

  /** Checks whether what is waited for is there. */
  look(timedOut = false): void {
    this.#wake(timedOut);
  }

  async #carryOut(steps: readonly Step[]): Promise<boolean> {
    let taken = false;
    for (const step of steps) {
      if (step.kind === 'end') return false;
      if (step.kind === 'action') this.#outputs.set(step.id, await this.#act(step.type, step.inputs));
      else {
        const enter: boolean = step.kind === 'if' ? this.#holds(step.condition) : !taken;
        taken = enter;
        if (enter && !(await this.#carryOut(step.steps))) return false;
      }
    }
    return true;
  }

  /** `{{x.status}}=0` and `{{x.state}}!=approved`. */
  #holds(condition: string): boolean {
    const [, left, not, right] = /^(.*?)(!?)=(.*)$/.exec(this.#resolve(condition)) ?? [];
    return (left === right) !== (not === '!');
  }

  #resolve(text: unknown): string {
    return String(text).replace(/\{\{(.*?)\}\}/g, (_, path: string) => this.#valueAt(path));
  }

  #valueAt(path: string): string {
    const [step = '', ...columns] = path.split('.');
    if (step !== 'trigger') return this.#outputs.get(step)?.[columns[0] ?? ''] ?? '';
    const [, ...below] = columns;
    return below.length === 0 ? this.#itemId : (this.#item[below.join('.')] ?? '');
  }

  get #item(): Row {
    return instance.tables.rows('sc_req_item').find(({ sys_id }) => sys_id === this.#itemId) ?? {};
  }

  async #act(type: string, inputs: Inputs): Promise<Row> {
    const values = (given: unknown): Row =>
      Object.fromEntries(Object.entries(Object(given)).map(([name, value]) => [name, this.#resolve(value)]));
    switch (type) {
      case 'lookUpRecord': {
        const group = instance.properties.get('x_airaks_deploy.approval_group') ?? '';
        return group === '' ? { status: '1' } : { status: '0', Record: group };
      }
      case 'askForApproval': {
        this.approvers = this.#resolve(inputs.approval_conditions);
        const state = await new Promise<string>((resolve) => {
          this.#decide = resolve;
        });
        this.approvers = undefined;
        return { approval_state: state };
      }
      case 'createRecord':
        return {
          record: instance.tables.insert(String(inputs.table_name), values(inputs.values)).sys_id ?? '',
        };
      case 'updateRecord':
        instance.tables.update(String(inputs.table_name), this.#resolve(inputs.record), values(inputs.values));
        return {};
      case 'waitForCondition':
        return { state: (await this.#condition(String(inputs.conditions))) ? '0' : '1' };
      default:
        throw new Error(`The action ${type} is not imitated.`);
    }
  }

  #condition(conditions: string): Promise<boolean> {
    return new Promise((resolve) => {
      this.#wake = (timedOut) => {
        const met = matches(conditions, this.#item);
        if (met || timedOut) resolve(met);
      };
      this.#wake(false);
    });
  }
}
