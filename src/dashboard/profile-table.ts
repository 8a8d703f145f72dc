import type { ProfileDifference } from '../deployment/profile/hardening.ts';
import { element } from './dom.ts';

/** What a hardened deployment makes otherwise than the tutorial. */
export const profileTable = (differences: readonly ProfileDifference[] = []): Node[] =>
  differences.length === 0
    ? []
    : [
        element('h2', {}, 'Otherwise than in the tutorial'),
        element(
          'table',
          { class: 'steps' },
          element('caption', { class: 'hidden' }, 'What the profile makes otherwise than the tutorial'),
          element(
            'thead',
            {},
            element(
              'tr',
              {},
              ...['Step', 'Tutorial', 'Hardened', 'Why', 'In the tutorial’s next part'].map((name) =>
                element('th', { scope: 'col' }, name),
              ),
            ),
          ),
          element('tbody', {}, ...differences.map(row)),
        ),
      ];

const row = ({ step, property, tutorial, hardened, because, nextPart }: ProfileDifference): HTMLTableRowElement =>
  element(
    'tr',
    {},
    element('th', { scope: 'row' }, `${step}: ${property}`),
    ...[tutorial, hardened, because, nextPart].map((text) => element('td', {}, text)),
  );
