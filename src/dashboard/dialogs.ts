import { element } from './dom.ts';

export interface Question {
  readonly title: string;
  readonly text: string;
  /** What the button says that goes on. */
  readonly action: string;
  /** What has to be typed before the action can be chosen. */
  readonly confirm?: string;
  /** Asks for a line of text, under this label. */
  readonly ask?: string;
  readonly secret?: boolean;
  readonly danger?: boolean;
}

/** Asks before something is done. @returns what was typed ('' where nothing is asked for), or undefined when it was called off. */
export const askFirst = (question: Question): Promise<string | undefined> =>
  new Promise((resolve) => {
    const { title, text, action, confirm, ask, secret, danger } = question;
    const label = confirm === undefined ? ask : `Type ${confirm} to confirm`;
    const input = element('input', { type: secret ? 'password' : 'text', autocomplete: 'off', spellcheck: 'false' });
    const go = element('button', { type: 'button', class: danger ? 'danger' : 'primary' }, action);
    const cancel = element('button', { type: 'button' }, 'Cancel');
    const dialog = element(
      'dialog',
      { 'aria-labelledby': 'question' },
      element('h2', { id: 'question' }, title),
      element('p', {}, text),
      label !== undefined && element('label', { class: 'question' }, label, input),
      element('div', { class: 'buttons' }, cancel, go),
    );
    const close = (answer: string | undefined): void => {
      dialog.close();
      dialog.remove();
      resolve(answer);
    };
    const check = (): void => {
      go.disabled = confirm !== undefined && input.value !== confirm;
    };
    check();
    input.addEventListener('input', check);
    input.addEventListener('keydown', ({ key }) => {
      if (key === 'Enter' && !go.disabled) close(input.value);
    });
    go.addEventListener('click', () => close(input.value));
    cancel.addEventListener('click', () => close(undefined));
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      close(undefined);
    });
    document.body.append(dialog);
    // The browser gives the focus back to where it was when the dialog closes.
    dialog.showModal();
    (label === undefined ? cancel : input).focus();
  });
