import type { PurchaseOrder } from '@janta/contracts'

type Line = PurchaseOrder['lines'][number]

/** Packs of a line that have not come; more than ordered is nothing due. */
export const dueOf = (line: Line): number => Math.max(0, line.packs - line.receivedPacks)

export const orderedPacks = (order: PurchaseOrder): number =>
  order.lines.reduce((sum, line) => sum + line.packs, 0)

/** Packs still expected of an order that was sent; of a draft or an ended one nothing is. */
export function duePacks(order: PurchaseOrder): number {
  if (order.state !== 'sent' && order.state !== 'part_received') return 0
  return order.lines.reduce((sum, line) => sum + dueOf(line), 0)
}

/** The order as it is pasted into a message to the supplier: a heading and a line for each medicine. */
export function orderText(order: PurchaseOrder, packsWord: string): string {
  const lines = order.lines.map(
    (line, at) => `${at + 1}. ${line.name}, ${line.packLabel}: ${line.packs} ${packsWord}`,
  )
  return [`${order.number}`, ...lines].join('\n')
}

const dayMs = 86_400_000

/** The instant by which an order should have come: when it was sent, and the supplier's days. */
export function expectedAt(order: PurchaseOrder, leadDays: number): Date | null {
  return order.sentAt === null ? null : new Date(Date.parse(order.sentAt) + leadDays * dayMs)
}
