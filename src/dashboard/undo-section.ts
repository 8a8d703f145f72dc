import type { DeploymentDocument } from './documents.ts';
import { element } from './dom.ts';

/** How far an undo is, by id what it deleted and what it kept, and the lines to paste for what is the deployment's own. */
export const undoSection = ({ undo }: DeploymentDocument): Node[] => {
  if (!undo) return [];
  const { status, steps, deleted, kept } = undo;
  const list = (items: readonly (readonly (Node | string)[])[]): Node =>
    element('ul', {}, ...items.map((item) => element('li', {}, ...item)));
  const claims = kept.flatMap(({ claim }) => (claim === undefined ? [] : [claim]));
  return [
    element('h2', {}, `Undo: ${status}`),
    list(steps.map(({ name, state }) => [`${name}: ${state}`])),
    ...(deleted.length > 0 ? [element('h3', {}, 'Deleted'), list(deleted.map((id) => [id]))] : []),
    ...(kept.length > 0 ? [element('h3', {}, 'Kept'), list(kept.map(({ id, reason }) => [`${id}: ${reason}`]))] : []),
    ...(claims.length > 0
      ? [
          element('p', {}, "To tag what is the deployment's own, type this. Then delete again."),
          element('pre', {}, claims.join('\n')),
        ]
      : []),
  ];
};
