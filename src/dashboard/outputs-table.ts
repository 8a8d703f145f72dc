import { call } from './api.ts';
import { element } from './dom.ts';

/** The outputs, each with a button that copies it, and one that copies all as shell commands. */
export const outputsTable = async (
  path: string,
  notify: (text: string) => void,
  signal: AbortSignal,
): Promise<HTMLElement> => {
  const { body } = await call<Readonly<Record<string, string>>>(`${path}/outputs?format=json`, { signal });
  const copy = async (what: string, text: string): Promise<void> => {
    await navigator.clipboard.writeText(text);
    notify(`${what} copied.`);
  };
  const copyAll = async (): Promise<void> => {
    const { body: lines } = await call<string>(`${path}/outputs?format=env`);
    await copy('All outputs', lines);
  };
  return element(
    'details',
    { class: 'outputs', open: true },
    element('summary', {}, 'Outputs'),
    element('button', { type: 'button', click: () => void copyAll() }, 'Copy all for a shell'),
    element(
      'table',
      {},
      element('caption', { class: 'hidden' }, 'Outputs'),
      element(
        'tbody',
        {},
        ...Object.entries(body).map(([name, value]) =>
          element(
            'tr',
            {},
            element('th', { scope: 'row' }, name),
            element('td', {}, element('code', {}, value)),
            element(
              'td',
              {},
              element(
                'button',
                { type: 'button', 'aria-label': `Copy ${name}`, click: () => void copy(name, value) },
                'Copy',
              ),
            ),
          ),
        ),
      ),
    ),
  );
};
