import { randomUUID } from 'node:crypto'
import { paymentMethods, uploadFilesMax } from '@janta/contracts'
import { pathIn } from '@janta/ui/i18n.ts'
import { fail, redirect } from '@sveltejs/kit'
import { addressOf, gapsOf } from '#lib/address.ts'
import type { Api } from '#lib/server/api.ts'
import { checkoutCart, isOnlyCollected, needsPrescription } from '#lib/server/customer.ts'
import { textOf } from '#lib/server/form-text.ts'
import { forgetAddress, keptAddress } from '#lib/server/kept-address.ts'
import { orderWordsOf } from '#lib/server/order-words.ts'
import { packNames } from '#lib/server/pack-names.ts'
import { pageOf, type Shown, shownOf, signInPath } from '#lib/server/problems.ts'
import { wordsOf } from '#lib/server/words.ts'
import { nextStepOf } from './next-step.ts'
import { choosableFiles, forWhom } from './prescription-choice.ts'
import type { Actions, PageServerLoad } from './$types'

const sessionsShown = 20

export const load: PageServerLoad = async ({ locals, url, cookies }) => {
  const { locale, api } = locals
  const kept = keptAddress(cookies)
  const addressPath = pathIn(locale, '/checkout')
  if (!kept || Object.keys(gapsOf(kept.draft, wordsOf(locale).checkout.need)).length > 0) {
    redirect(303, addressPath)
  }
  const { cart } = await checkoutCart({ locals, url })
  const { draft } = kept
  const fulfilment = isOnlyCollected(cart) ? 'pickup' : kept.fulfilment
  const [place, prescription, { balancePaise }] = await pageOf(url, locale, () =>
    Promise.all([
      fulfilment === 'delivery' ? api.getServiceability({ params: { pin: draft.pin } }) : null,
      needsPrescription(cart) ? readPrescription(api) : null,
      api.getMyCredit({}),
    ]),
  )
  const isFree = !place || cart.isDeliveryFree || cart.itemsPaise >= place.freeAbovePaise
  return {
    draft,
    fulfilment,
    cart,
    packs: packNames(
      cart.lines.map(line => line.medicine.packLabel),
      locale,
    ),
    place,
    prescription,
    mayPayCash: place?.cashOnDelivery ?? true,
    balancePaise,
    deliveryPaise: isFree ? 0 : place.feePaise,
    // One key a drawn page: sending the same page twice orders once.
    idempotencyKey: randomUUID(),
  }
}

async function readPrescription(api: Api) {
  const [{ items: sessions }, { items }] = await Promise.all([
    api.listMyUploadSessions({ query: { limit: sessionsShown } }),
    api.listPatients({}),
  ])
  // The customer's own profile is what "myself" means.
  const self = items.find(({ relation }) => relation === 'self')?.id ?? ''
  const patients = items.filter(({ id }) => id !== self).map(({ id, name }) => ({ id, name }))
  return {
    ...choosableFiles(sessions),
    patients,
    self,
    patientId: forWhom(sessions, items) || self,
  }
}

export const actions: Actions = {
  default: async ({ locals, request, cookies, url }) => {
    const { locale, api } = locals
    const form = await request.formData()
    const kept = keptAddress(cookies)
    if (!kept) redirect(303, pathIn(locale, '/checkout'))
    const chosen = readChosen(form)
    const { uploadIds, patientId, paymentMethod } = chosen
    let placed: { id: string }
    try {
      const cart = await api.getCart({ query: {} })
      placed = await api.placeOrder({
        idempotencyKey: textOf(form, 'idempotencyKey'),
        body: {
          address: addressOf(kept.draft),
          paymentMethod,
          fulfilment: isOnlyCollected(cart) ? 'pickup' : kept.fulfilment,
          ...(uploadIds.length > 0 && {
            prescription: { uploadIds, ...(patientId && { patientId }) },
          }),
          ...(chosen.creditPaise > 0 && { creditPaise: chosen.creditPaise }),
          language: locale,
          cartVersion: textOf(form, 'cartVersion'),
        },
      })
    } catch (problem) {
      const shown = shownOf(problem, locale)
      if (shown.code === 'sign_in_needed') redirect(303, signInPath(url, locale))
      if (shown.code === 'cart_empty') redirect(303, pathIn(locale, '/cart'))
      return fail(shown.code === 'unavailable' ? 503 : 422, {
        problem: sentenceOf(shown, uploadIds.length, locals),
        next: nextStepOf(shown.code),
        chosen,
        // Kept so that trying again after silence cannot order twice.
        idempotencyKey: shown.code === 'unavailable' ? textOf(form, 'idempotencyKey') : null,
      })
    }
    forgetAddress(cookies)
    redirect(303, `${pathIn(locale, `/orders/${placed.id}`)}?placed=1`)
  },
}

/** What the box says that was ticked; unticked it is not sent. */
function readPaise(text: string): number {
  return /^\d{1,11}$/.test(text) ? Number(text) : 0
}

function readChosen(form: FormData) {
  const asked = textOf(form, 'paymentMethod')
  return {
    uploadIds: form
      .getAll('upload')
      .filter(value => typeof value === 'string')
      .slice(0, uploadFilesMax),
    patientId: textOf(form, 'patientId'),
    creditPaise: readPaise(textOf(form, 'credit')),
    paymentMethod: paymentMethods.find(known => known === asked) ?? ('cash_on_delivery' as const),
  }
}

function sentenceOf(shown: Shown, files: number, { locale }: App.Locals): string {
  if (shown.code === 'cart_changed' || shown.code === 'price_changed')
    return wordsOf(locale).checkout.cartMoved
  if (shown.code === 'prescription_needed' && files === 0) return orderWordsOf(locale).needFile
  return shown.message
}
