import { type Cookies, fail } from '@sveltejs/kit'
import { textOf } from './form-text.ts'
import { keepPin } from './kept-pin.ts'
import { shownOf } from './problems.ts'

interface Asking {
  locals: App.Locals
  request: Request
  cookies: Cookies
}

/**
 * Where and when a PIN code is delivered to: the `pin` action of the pages that offer it. A form and not a link,
 * so that a PIN code beside a medicine stays out of addresses and logs. A PIN code that exists is remembered on the
 * device.
 */
export async function checkPin({ locals, request, cookies }: Asking) {
  const pin = textOf(await request.formData(), 'pin')
  try {
    const delivery = await locals.api.getServiceability({ params: { pin: pin || '-' } })
    keepPin(cookies, pin)
    return { pin, delivery }
  } catch (problem) {
    return fail(422, { pin, problem: shownOf(problem, locals.locale).message })
  }
}
