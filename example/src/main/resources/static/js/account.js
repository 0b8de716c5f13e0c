// Who is looking at the page, and what they may do. Without the profile "secured" everyone may do everything.
import { element } from './dom.js';
import { run } from './graphql.js';

/** Shows who is signed in, or where to do so, and hides from guests what they may not do. Not a protection: the server decides. */
export async function showAccount(place, controls) {
  const { me } = await run('{ me { name mayCreate } }');
  controls.forEach((control) => {
    control.hidden = !me.mayCreate;
  });
  if (me.name) {
    place.replaceChildren(element('strong', {}, me.name), ' ', element('a', { href: 'logout' }, 'Sign out'));
  } else if (!me.mayCreate) {
    place.replaceChildren(element('a', { href: 'login' }, 'Sign in'));
  }
}
