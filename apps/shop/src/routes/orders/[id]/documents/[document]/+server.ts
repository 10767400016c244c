import { redirect } from '@sveltejs/kit'
import { pageOf } from '#lib/server/problems.ts'
import type { RequestHandler } from './$types'

/** Opens an invoice or credit note of mine: its address lasts seconds, so it is asked for when it is opened. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
  const { url: file } = await pageOf(url, locals.locale, () =>
    locals.api.getMyDocument({ params: { id: params.document } }),
  )
  redirect(303, file)
}
