import type { PurchaseOrderState } from '@janta/contracts'
import { ban, check, clock, pencil, truck } from '@janta/ui/icons.ts'

/** How a purchase order's state is drawn, beside its word. */
export const purchaseOrderTones = {
  draft: { tone: 'neutral', icon: pencil },
  sent: { tone: 'info', icon: truck },
  part_received: { tone: 'warn', icon: clock },
  closed: { tone: 'ok', icon: check },
  cancelled: { tone: 'plain', icon: ban },
} as const satisfies Record<PurchaseOrderState, { tone: string; icon: string }>
