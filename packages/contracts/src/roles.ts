/** Who may do what. A person holds any number of roles; a customer's rights need no role, only a sign-in. */
export const roles = ['pharmacist', 'stock_keeper', 'administrator'] as const
export type Role = (typeof roles)[number]

export const isRole = (word: string): word is Role => (roles as readonly string[]).includes(word)

export const permissions = {
  'orders.pack': ['pharmacist', 'administrator'],
  'orders.deliver': ['pharmacist', 'stock_keeper', 'administrator'],
  'stock.view': ['pharmacist', 'stock_keeper', 'administrator'],
  'stock.receive': ['stock_keeper', 'pharmacist', 'administrator'],
  'purchasing.manage': ['stock_keeper', 'administrator'],
  'purchasing.override': ['administrator'],
  'stock.count': ['stock_keeper', 'pharmacist', 'administrator'],
  'stock.approve': ['pharmacist', 'administrator'],
  'stock.configure': ['administrator'],
  'stock.quality': ['pharmacist'],
  'stock.recall': ['pharmacist', 'administrator'],
  'catalogue.classify': ['pharmacist'],
  'catalogue.manage': ['administrator'],
  'prescriptions.review': ['pharmacist'],
  'people.manage': ['administrator'],
  'pharmacists.register': ['administrator'],
  'registers.view': ['pharmacist', 'administrator'],
  'registers.confirm': ['pharmacist'],
  'audit.view': ['administrator'],
  'billing.view': ['pharmacist', 'administrator'],
  'billing.books': ['administrator'],
  'payments.refund': ['pharmacist', 'administrator'],
  'payments.cash': ['pharmacist', 'stock_keeper', 'administrator'],
  'payments.approve': ['administrator'],
  'payments.settle': ['administrator'],
  'promotions.manage': ['administrator'],
  'operations.view': ['administrator'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

/** True when one of the person's roles carries the right. */
export function mayDo(held: readonly Role[], permission: Permission): boolean {
  const allowed: readonly Role[] = permissions[permission]
  return held.some(role => allowed.includes(role))
}
