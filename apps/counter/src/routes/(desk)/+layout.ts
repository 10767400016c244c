import { redirect } from '@sveltejs/kit'
import { api } from '#lib/api.ts'
import { hrefs } from '#lib/hrefs.ts'
import { session } from '#lib/session.svelte.ts'

/** Nothing of the desk is shown before it is known who stands at it; the server guards every act again. */
export async function load({ url, untrack }) {
  if (session.person === undefined) session.person = (await api.getMe({})).person
  if (!session.isStaff) {
    session.next = untrack(() => url.pathname + url.search)
    redirect(307, hrefs.signIn())
  }
}
