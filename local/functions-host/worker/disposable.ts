/** What registrations return. Imitates azure-functions-nodejs-worker `Disposable.ts`. */
export class Disposable {
  #action: (() => unknown) | undefined;

  constructor(action: () => unknown) {
    this.#action = action;
  }

  /** One disposable that disposes of all the others. */
  static from(...disposables: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const disposable of disposables) disposable.dispose();
    });
  }

  dispose(): unknown {
    const action = this.#action;
    this.#action = undefined;
    return action?.();
  }
}
