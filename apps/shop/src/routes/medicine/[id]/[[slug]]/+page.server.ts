import { pathIn } from '@janta/ui/i18n.ts'
import { redirect } from '@sveltejs/kit'
import { checkPin } from '#lib/server/check-pin.ts'
import { withPackNamed } from '#lib/server/pack-names.ts'
import { pageOf } from '#lib/server/problems.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params, url, setHeaders, request }) => {
  const medicine = await pageOf(url, locals.locale, () =>
    locals.api.getMedicine({ params: { id: params.id }, query: { language: locals.locale } }),
  )
  const here = `/medicine/${params.id}/${params.slug ?? ''}`
  // One address a medicine: an old or shortened name leads to the right one for good.
  if (request.method === 'GET' && here !== medicine.facts.path) {
    redirect(301, pathIn(locals.locale, medicine.facts.path) + url.search)
  }
  if (request.method === 'GET') {
    setHeaders({ 'cache-control': 'public, max-age=60, stale-while-revalidate=300' })
  }
  // The pack says in English how to keep it: who reads Hindi has the cited sentence of the same kind of storage.
  const kept = medicine.notes.find(({ kind }) => kind === 'storage')?.text
  const storage = locals.locale === 'hi' ? (kept ?? medicine.storage) : medicine.storage
  const equivalents = medicine.equivalents.map(card => withPackNamed(card, locals.locale))
  return { medicine: withPackNamed({ ...medicine, storage, equivalents }, locals.locale) }
}

export const actions: Actions = { pin: checkPin }
