type Child = Node | string | number | undefined | null | false;

type Handler = (event: Event) => void;

/** Attributes of an element; a function becomes a listener, `true` an empty attribute, and what is undefined or false is left out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined | Handler>>;

/** Makes an HTML element. Children are text or nodes, never markup: nothing that the service answers can become a script. */
export const element = <K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] => fill(document.createElement(name), attributes, children);

/** The same for SVG. */
export const svg = <K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] => fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);

const fill = <E extends Element>(made: E, attributes: Attributes, children: readonly Child[]): E => {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== undefined && child !== null && child !== false).map(toNode));
  return made;
};

const toNode = (child: Node | string | number): Node | string => (typeof child === 'number' ? `${child}` : child);

/** Replaces the text unless it is the same, so that a screen reader or a selection is not disturbed. */
export const setText = (node: Element, text: string): void => {
  if (node.textContent !== text) node.textContent = text;
};
