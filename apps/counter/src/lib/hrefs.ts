import { resolve } from '$app/paths'
import type { OrderState } from '@janta/contracts'

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
  receive: () => resolve('/(desk)/stock/receive'),
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
