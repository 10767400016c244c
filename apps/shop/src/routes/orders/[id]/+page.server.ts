import { type cancelReasons, heldStates, returnReasons, uploadFilesMax } from '@janta/contracts'
import { pathIn } from '@janta/ui/i18n.ts'
import { fail, redirect } from '@sveltejs/kit'
import { textOf } from '#lib/server/form-text.ts'
import { readOrder } from '#lib/server/order-page.ts'
import { orderWordsOf } from '#lib/server/order-words.ts'
import { pageOf, shownOf, signInPath } from '#lib/server/problems.ts'
import { wordsOf } from '#lib/server/words.ts'
import { choosableFiles } from '../../checkout/review/prescription-choice.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types'

/** The reasons a customer has; the others are the store's. */
const customerReasons = [
  'ordered_by_mistake',
  'found_elsewhere',
  'too_slow',
  'doctor_changed',
  'other',
] as const satisfies readonly (typeof cancelReasons)[number][]

const answerLettersMax = 500
const noteLettersMax = 300
const packsMax = 99
const sessionsShown = 20

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const found = await pageOf(url, locals.locale, () =>
    readOrder(locals.api, params.id, locals.locale),
  )
  const { state } = found.order
  const isHeld = (heldStates as readonly string[]).includes(state) && state !== 'placed'
  return {
    ...found,
    spare: found.order.mayAddPrescription ? await readSpare(locals.api) : null,
    heldUntil: isHeld ? found.order.heldUntil : null,
    cancelChoices: customerReasons,
    isJustPlaced: url.searchParams.has('placed'),
    // Why the way to the bank ended without money; the order itself says when it was paid after all.
    paymentCode: found.order.mayPay ? url.searchParams.get('payment') : null,
  }
}

/** Files she sent that no order has yet. */
async function readSpare(api: App.Locals['api']) {
  const { items } = await api.listMyUploadSessions({ query: { limit: sessionsShown } })
  const { files, chosen } = choosableFiles(items)
  return { files: files.filter(one => !one.isUsed), chosen }
}

export const actions: Actions = {
  cancel: async event => {
    const { locals, params, request } = event
    const asked = textOf(await request.formData(), 'reason')
    const reason = customerReasons.find(known => known === asked)
    if (!reason)
      return fail(422, { field: 'reasons', problem: wordsOf(locals.locale).account.needReason })
    return attempt(event, 'reasons', () =>
      locals.api.cancelOrder({ params: { id: params.id }, body: { reason } }),
    )
  },

  giveBack: async event => {
    const { locals, params, request } = event
    const form = await request.formData()
    const words = orderWordsOf(locals.locale)
    const asked = textOf(form, 'reason')
    const reason = returnReasons.find(known => known === asked)
    const lines = packsOf(form)
    if (lines.length === 0)
      return fail(422, { field: 'giveBack', problem: words.giveBackNeedPacks })
    if (!reason) return fail(422, { field: 'giveBack', problem: words.giveBackNeedReason })
    const note = textOf(form, 'note').slice(0, noteLettersMax)
    return attempt(event, 'giveBack', () =>
      locals.api.askReturn({
        params: { id: params.id },
        body: { reason, lines, ...(note && { note }) },
      }),
    )
  },

  keep: async event =>
    attempt(event, 'giveBack', () =>
      event.locals.api.withdrawReturn({ params: { id: event.params.id } }),
    ),

  payAtDoor: async event =>
    attempt(event, 'pay', () => event.locals.api.payAtDoor({ params: { id: event.params.id } })),

  takeApproved: async event =>
    attempt(event, undefined, () =>
      event.locals.api.takeApproved({ params: { id: event.params.id } }),
    ),

  addPrescription: async event => {
    const { locals, params, request } = event
    const uploadIds = (await request.formData())
      .getAll('upload')
      .filter(value => typeof value === 'string')
      .slice(0, uploadFilesMax)
    if (uploadIds.length === 0)
      return fail(422, { field: 'prescription', problem: orderWordsOf(locals.locale).needFile })
    return attempt(event, 'prescription', () =>
      locals.api.addPrescription({ params: { id: params.id }, body: { uploadIds } }),
    )
  },

  answer: async event => {
    const { locals, request } = event
    const form = await request.formData()
    const id = textOf(form, 'question')
    const answer = textOf(form, 'answer').slice(0, answerLettersMax)
    if (!answer)
      return fail(422, { field: 'answer', problem: orderWordsOf(locals.locale).needAnswer })
    return attempt(event, 'answer', () =>
      locals.api.answerQuestion({ params: { id }, body: { answer } }),
    )
  },
}

/** The packs typed beside each medicine; more than there are is for the API to refuse. */
function packsOf(form: FormData): { medicineId: string; packs: number }[] {
  const packs = form.getAll('packs').map(typed => (typeof typed === 'string' ? Number(typed) : 0))
  return form.getAll('medicine').flatMap((medicineId, at) => {
    const count = packs[at] ?? 0
    const isAsked = typeof medicineId === 'string' && Number.isInteger(count) && count > 0
    return isAsked ? [{ medicineId, packs: Math.min(count, packsMax) }] : []
  })
}

/** Does it and shows the order anew; what is refused is said beside the field it belongs to. */
async function attempt(
  { locals, params, url }: RequestEvent,
  field: string | undefined,
  act: () => Promise<unknown>,
) {
  try {
    await act()
  } catch (problem) {
    const shown = shownOf(problem, locals.locale)
    if (shown.code === 'sign_in_needed') redirect(303, signInPath(url, locals.locale))
    return fail(422, { field, problem: shown.message })
  }
  redirect(303, pathIn(locals.locale, `/orders/${params.id}`))
}
