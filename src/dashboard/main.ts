import { accessToken, functionKey, Problem } from './api.ts';
import { deploymentPage } from './deployment-page.ts';
import { askFirst } from './dialogs.ts';
import { element, setText } from './dom.ts';
import { listPage } from './list-page.ts';
import { newPage } from './new-page.ts';
import type { Page } from './page.ts';
import { pause } from './pause.ts';

const RETRY_MS = 3000;

const byId = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found;
};

const main = byId('main');
const notice = byId('notice');
const notify = (text: string): void => setText(notice, text);

const pageAt = (hash: string): Page => {
  const [, id] = /^#\/deployments\/(.+)$/.exec(hash) ?? [];
  if (id !== undefined) return deploymentPage(decodeURIComponent(id), notify);
  return hash === '#/new' ? newPage() : listPage();
};

/** For what the service wants tokens; undefined as long as it is not known to want any. */
let resource: string | undefined;

const askForToken = async (): Promise<boolean> => {
  const answer = await askFirst({
    title: 'Access token',
    text: `The service asks for an access token of Microsoft Entra. This gives one: az account get-access-token --resource ${resource} --query accessToken -o tsv. It is kept until this tab is closed and sent as a header only.`,
    action: 'Use this token',
    ask: ['Token'],
    secret: true,
  });
  if (answer === undefined) return false;
  accessToken.set(answer[0] ?? '');
  return true;
};

const askForKey = async (): Promise<boolean> => {
  if (resource !== undefined) return askForToken();
  const answer = await askFirst({
    title: 'Function key',
    text: 'The service asks for a function key. It is kept until this tab is closed and sent as a header only.',
    action: 'Use this key',
    ask: ['Key'],
    secret: true,
  });
  if (answer === undefined) return false;
  functionKey.set(answer[0] ?? '');
  return true;
};

let current = new AbortController();

/** Shows the page that the address names until the address changes; a service that cannot be reached is asked again. */
const navigate = async (): Promise<void> => {
  current.abort();
  current = new AbortController();
  const { signal } = current;
  const page = pageAt(location.hash);
  document.title = `${page.title} · Airflow on AKS`;
  main.replaceChildren(page.content);
  notify('');
  for (const link of document.querySelectorAll('nav a')) {
    link.toggleAttribute('aria-current', link.getAttribute('href') === (location.hash || '#/'));
  }
  while (!signal.aborted) {
    try {
      await page.run(signal);
      return;
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Problem && error.status === 401) {
        resource = error.resource;
        if (resource !== undefined) {
          setText(byId('key'), 'Token…');
          notify(error.message);
        }
        if (!(await askForKey())) return notify('Without a key or a token there is nothing to show.');
        notify('');
      } else if (error instanceof Problem && error.status < 500) {
        main.replaceChildren(element('h1', {}, error.title), element('p', {}, error.message));
        return;
      } else {
        notify('The service cannot be reached. Trying again…');
        await pause(RETRY_MS, signal);
        notify('');
      }
    }
  }
};

byId('key').addEventListener('click', async () => {
  if (await askForKey()) await navigate();
});
window.addEventListener('hashchange', async () => {
  // A new page begins at its top, for the eye and for the keyboard.
  main.focus();
  scrollTo(0, 0);
  await navigate();
});
await navigate();
