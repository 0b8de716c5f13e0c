// Who is looking at the page, and what they may do. Without the profile "secured" everyone may do everything.
import { element } from './dom.js';
import { run } from './graphql.js';

export async function loadAccount() {
  return (await run('{ me { name mayCreate } }')).me;
}

/** Shows who is signed in, or where to do so, and hides from guests what they may not do. Not a protection: the server decides. */
export function showAccount(place, { name, mayCreate }, controls) {
  for (const control of controls) {
    control.hidden = !mayCreate;
  }
  if (name) {
    place.replaceChildren(element('strong', {}, name), ' ', element('a', { href: 'logout' }, 'Sign out'));
  } else if (!mayCreate) {
    place.replaceChildren(element('a', { href: 'login' }, 'Sign in'));
  }
}
