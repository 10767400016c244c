import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { photoFaults, photoTypes } from './photo-rules.ts'
import { orNull, purchasingDesk, purchasingGuards } from './purchasing-shapes.ts'
import { Id, Instant, oneOf } from './shapes.ts'

/** Photos one bill may have, and what a photo of a page may be. */
export const billPagesMax = 20
export const billPageTypes = photoTypes

export const BillPage = Type.Object({
  id: Id,
  state: oneOf(['awaiting', 'ready', 'refused']),
  /** Why the photo was not kept, for whoever sent it. */
  refusal: orNull(oneOf(photoFaults)),
  sentAt: Instant,
  /** Where the photo is shown to whoever may read the bill; null while there is none. */
  url: orNull(Type.String()),
})
export type BillPage = Static<typeof BillPage>

export const requestBillPage = endpoint({
  ...purchasingDesk,
  method: 'POST',
  path: '/purchases/bills/:id/pages',
  summary: 'Ask for a place to send one photo of the supplier’s paper bill to',
  status: 201,
  audit: 'purchasing.bill_page_requested',
  params: Type.Object({ id: Id }),
  reply: Type.Object({
    id: Id,
    url: Type.String(),
    /** Send the form of the file's type as multipart form data: its fields first, then `file`. */
    forms: Type.Array(
      Type.Object({
        contentType: Type.String(),
        fields: Type.Record(Type.String(), Type.String()),
      }),
    ),
    bytesMax: Type.Integer(),
  }),
  refusals: [...purchasingGuards, 'not_found', 'photo_limit_reached'],
})

export const checkBillPage = endpoint({
  ...purchasingDesk,
  method: 'POST',
  path: '/purchases/bill-pages/:id/check',
  summary: 'Say that the photo was sent; it is looked at, cleaned and kept with the bill',
  status: 201,
  audit: 'purchasing.bill_page_sent',
  params: Type.Object({ id: Id }),
  reply: Type.Object({ id: Id }),
  refusals: [...purchasingGuards, 'not_found', 'photo_state_forbids'],
})

export const listBillPages = endpoint({
  ...purchasingDesk,
  method: 'GET',
  path: '/purchases/bills/:id/pages',
  summary: 'The photos kept with a bill, in the order they were sent',
  status: 200,
  audit: 'none',
  params: Type.Object({ id: Id }),
  reply: Type.Object({ items: Type.Array(BillPage, { maxItems: 2 * billPagesMax }) }),
  refusals: [...purchasingGuards, 'not_found'],
})
