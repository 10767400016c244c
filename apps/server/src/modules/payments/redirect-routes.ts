import { beginPayment as declared } from '@janta/contracts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isId } from '#kernel/id'
import type { Surroundings } from '#kernel/module'
import { Refusal } from '#kernel/refusal'
import { beginPayment, noPayment } from './begin-payment.ts'
import type { Gateway } from './gateway.ts'
import { readForms } from './gateway-routes.ts'
import { payPage, payPagePolicy } from './pay-page.ts'
import { checkoutOf, present } from './shop-routes.ts'

/**
 * Mounts the way to pay that needs no script: a form of the order's page posts to
 * `/api/v1/orders/<id>/payment/redirect` (field `language`: en or hi) and gets the page that leads to the bank. What
 * is refused, or a person who is not signed in, goes back to the order's page with the refusal's code.
 */
export function redirectRoutes(
  app: FastifyInstance,
  { config, database }: Surroundings,
  gateway: Gateway | undefined,
): void {
  void app.register(async scope => {
    readForms(scope)
    scope.post<{ Params: { id: string }; Body: { language?: string } | undefined }>(
      '/api/v1/orders/:id/payment/redirect',
      async (request, response) => {
        const { id } = request.params
        if (!isId(id)) throw noPayment()
        const backUrl = `${config.publicUrl}/orders/${id}`
        try {
          const found = present(gateway)
          const intent = await beginPayment(database, found, await callerOf(scope, request), id)
          const { form } = checkoutOf(config.publicUrl, found, intent)
          const language = request.body?.language === 'hi' ? 'hi' : 'en'
          return await response
            .header('content-security-policy', payPagePolicy(form))
            .type('text/html; charset=utf-8')
            .send(payPage(form, { amountPaise: intent.amountPaise, backUrl, language }))
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          return response.redirect(`${backUrl}?payment=${error.code}`, 303)
        }
      },
    )
  })
}

/** The same audit row as the declared endpoint for pages with scripts. */
async function callerOf(app: FastifyInstance, request: FastifyRequest) {
  const found = await app.findCaller(request)
  if (found.personId === null) throw new Refusal('sign_in_needed', 'Sign in to pay.')
  return {
    ...found,
    audit: (tx: Parameters<typeof app.writeAudit>[0], objectId: string | null) =>
      app.writeAudit(tx, {
        action: declared.audit,
        actorId: found.personId,
        requestId: found.requestId,
        objectId,
      }),
  }
}
