/** What a replay wants done that history does not show yet: DTFx's OrchestratorAction. `input` is JSON text. */
export type OrchestratorAction =
  | {
      readonly kind: 'activity';
      readonly id: number;
      readonly name: string;
      readonly version: string;
      readonly input: string | null;
    }
  | { readonly kind: 'timer'; readonly id: number; readonly fireAt: number }
  | {
      readonly kind: 'sub-orchestration';
      readonly id: number;
      readonly name: string;
      readonly version: string;
      readonly instanceId: string;
      readonly input: string | null;
    }
  | {
      readonly kind: 'send-event';
      readonly id: number;
      readonly instanceId: string;
      readonly name: string;
      readonly input: string | null;
    };

/** @see OrchestratorAction */
export type ActionKind = OrchestratorAction['kind'];
