import { resolve } from '$app/paths'
import type { OrderState, PurchaseOrderState } from '@janta/contracts'

export type Bucket = 'expired' | 'within_30_days' | 'within_90_days' | 'later'
export const buckets = ['expired', 'within_30_days', 'within_90_days', 'later'] as const

/** Every address of the console in one place; ids in them are random and say nothing about a person. */
export const hrefs = {
  today: () => resolve('/(desk)'),
  signIn: () => resolve('/sign-in'),
  orders: (state: OrderState = 'placed', after?: string) => {
    const query = new URLSearchParams({ state, ...(after ? { after } : {}) })
    return `${resolve('/(desk)/orders')}?${query}`
  },
  order: (id: string) => resolve('/(desk)/orders/[id]', { id }),
  prescriptions: () => resolve('/(desk)/prescriptions'),
  decided: () => resolve('/(desk)/prescriptions/decided'),
  pharmacists: () => resolve('/(desk)/pharmacists'),
  people: () => resolve('/(desk)/people'),
  settings: () => resolve('/(desk)/settings'),
  registers: (register: 'prescription' | 'h1' = 'prescription') =>
    `${resolve('/(desk)/registers')}?${new URLSearchParams({ register })}`,
  registerPages: (register: 'prescription' | 'h1' = 'prescription') =>
    `${resolve('/(desk)/registers/pages')}?${new URLSearchParams({ register })}`,
  stock: (
    view: {
      expiry?: Bucket
      medicineId?: string
      name?: string
      after?: string
      batch?: string
    } = {},
  ) => {
    const query = new URLSearchParams(
      Object.entries(view).filter(([, value]) => value !== undefined),
    )
    return query.size > 0 ? `${resolve('/(desk)/stock')}?${query}` : resolve('/(desk)/stock')
  },
  recalls: (after?: string) =>
    after
      ? `${resolve('/(desk)/recalls')}?${new URLSearchParams({ after })}`
      : resolve('/(desk)/recalls'),
  recall: (id: string) => resolve('/(desk)/recalls/[id]', { id }),
  receive: (orderId?: string) =>
    orderId
      ? `${resolve('/(desk)/stock/receive')}?${new URLSearchParams({ order: orderId })}`
      : resolve('/(desk)/stock/receive'),
  reorder: () => resolve('/(desk)/purchases/reorder'),
  purchaseOrders: (state?: PurchaseOrderState) =>
    state
      ? `${resolve('/(desk)/purchases/orders')}?${new URLSearchParams({ state })}`
      : resolve('/(desk)/purchases/orders'),
  purchaseOrder: (id: string) => resolve('/(desk)/purchases/orders/[id]', { id }),
  newPurchaseOrder: (supplierId?: string) =>
    supplierId
      ? `${resolve('/(desk)/purchases/orders/new')}?${new URLSearchParams({ supplier: supplierId })}`
      : resolve('/(desk)/purchases/orders/new'),
  suppliers: () => resolve('/(desk)/purchases/suppliers'),
  supplier: (id: string) => resolve('/(desk)/purchases/suppliers/[id]', { id }),
  bills: (supplierId?: string) =>
    supplierId
      ? `${resolve('/(desk)/purchases/bills')}?${new URLSearchParams({ supplier: supplierId })}`
      : resolve('/(desk)/purchases/bills'),
  bill: (id: string) => resolve('/(desk)/purchases/bills/[id]', { id }),
  supplierReturns: () => resolve('/(desk)/purchases/returns'),
  debitNote: (id: string) => resolve('/(desk)/purchases/returns/[id]', { id }),
  counts: () => resolve('/(desk)/stock/counts'),
  count: (id: string, show?: 'to_count' | 'waiting', after?: string) => {
    const query = new URLSearchParams({ ...(show && { show }), ...(after && { after }) })
    const address = resolve('/(desk)/stock/counts/[id]', { id })
    return query.size > 0 ? `${address}?${query}` : address
  },
  expiry: (step?: string) =>
    step
      ? `${resolve('/(desk)/stock/expiry')}?${new URLSearchParams({ step })}`
      : resolve('/(desk)/stock/expiry'),
  cold: () => resolve('/(desk)/stock/cold'),
  transfers: () => resolve('/(desk)/stock/transfers'),
  transfer: (id: string) => resolve('/(desk)/stock/transfers/[id]', { id }),
  batch: (id: string) => resolve('/(desk)/stock/batches/[id]', { id }),
  stockReports: (day?: string) =>
    day
      ? `${resolve('/(desk)/stock/reports')}?${new URLSearchParams({ day })}`
      : resolve('/(desk)/stock/reports'),
  medicines: (q?: string) =>
    q
      ? `${resolve('/(desk)/catalogue/medicines')}?${new URLSearchParams({ q })}`
      : resolve('/(desk)/catalogue/medicines'),
  medicine: (id: string) => resolve('/(desk)/catalogue/medicines/[id]', { id }),
  law: () => resolve('/(desk)/catalogue/law'),
  substance: (id: number) => resolve('/(desk)/catalogue/law/[id]', { id: String(id) }),
  bans: () => resolve('/(desk)/catalogue/bans'),
  notes: () => resolve('/(desk)/catalogue/notes'),
  lanes: () => resolve('/(desk)/lanes'),
  matrix: () => resolve('/(desk)/catalogue/matrix'),
  imports: (after?: string) =>
    after
      ? `${resolve('/(desk)/imports')}?${new URLSearchParams({ after })}`
      : resolve('/(desk)/imports'),
  advice: () => resolve('/(desk)/advice'),
  payments: () => resolve('/(desk)/payments'),
  returns: () => resolve('/(desk)/returns'),
  promotions: () => resolve('/(desk)/promotions'),
  drawer: () => resolve('/(desk)/drawer'),
  settlements: () => resolve('/(desk)/settlements'),
  settlement: (id: string) => resolve('/(desk)/settlements/[id]', { id }),
  money: () => resolve('/(desk)/money'),
  import: (id: string) => resolve('/(desk)/imports/[id]', { id }),
}
