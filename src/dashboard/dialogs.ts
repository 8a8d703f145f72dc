import { element } from './dom.ts';

export interface Question {
  readonly title: string;
  readonly text: string;
  /** What the button says that goes on. */
  readonly action: string;
  /** What has to be typed before the action can be chosen. */
  readonly confirm?: string;
  /** Asks for lines of text, under these labels; none may stay empty. */
  readonly ask?: readonly string[];
  readonly secret?: boolean;
  readonly danger?: boolean;
}

/** Asks before something is done. @returns what was typed, line by line, or undefined when it was called off. */
export const askFirst = ({
  title,
  text,
  action,
  confirm,
  ask = [],
  secret,
  danger,
}: Question): Promise<readonly string[] | undefined> =>
  new Promise((resolve) => {
    const labels = confirm === undefined ? ask : [`Type ${confirm} to confirm`];
    const inputs = labels.map(() =>
      element('input', { type: secret ? 'password' : 'text', autocomplete: 'off', spellcheck: 'false' }),
    );
    const go = element('button', { type: 'button', class: danger ? 'danger' : 'primary' }, action);
    const cancel = element('button', { type: 'button' }, 'Cancel');
    const dialog = element(
      'dialog',
      { 'aria-labelledby': 'question' },
      element('h2', { id: 'question' }, title),
      element('p', {}, text),
      ...inputs.map((input, index) => element('label', { class: 'question' }, labels[index], input)),
      element('div', { class: 'buttons' }, cancel, go),
    );
    const answer = (): readonly string[] => inputs.map(({ value }) => value.trim());
    const close = (typed: readonly string[] | undefined): void => {
      dialog.close();
      dialog.remove();
      resolve(typed);
    };
    const check = (): void => {
      go.disabled = answer().some((line) => (confirm === undefined ? line === '' : line !== confirm));
    };
    check();
    for (const input of inputs) {
      input.addEventListener('input', check);
      input.addEventListener('keydown', ({ key }) => {
        if (key === 'Enter' && !go.disabled) close(answer());
      });
    }
    go.addEventListener('click', () => close(answer()));
    cancel.addEventListener('click', () => close(undefined));
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      close(undefined);
    });
    document.body.append(dialog);
    // The browser gives the focus back to where it was when the dialog closes.
    dialog.showModal();
    (inputs[0] ?? cancel).focus();
  });
