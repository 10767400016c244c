import { type Fulfilment, mayOrder, type Order, type OrderState } from '@janta/contracts'
import { formatDayTime, type Locale } from '@janta/ui/format.ts'
import type { ShopWords } from '@janta/ui/messages/en/shop.ts'

const wayHome: readonly OrderState[] = ['placed', 'packed', 'out_for_delivery', 'delivered']
const wayToCounter: readonly OrderState[] = ['placed', 'packed', 'delivered']

/** The names of the states; what is collected is ready and then collected, never on the way. */
export function statesOf(
  fulfilment: Fulfilment,
  states: ShopWords['account']['states'],
  pickup: Partial<ShopWords['account']['states']>,
): ShopWords['account']['states'] {
  return fulfilment === 'pickup' ? { ...states, ...pickup } : states
}

/** What waits for the customer and not for the pharmacy. */
export function waitsForCustomer(state: OrderState): boolean {
  return mayOrder('choose', state) || mayOrder('pay', state)
}

/** What happened to an order and what is still to come, in the order it happens. */
export function stepsOf(
  order: Pick<Order, 'timeline' | 'state' | 'fulfilment'>,
  words: Pick<ShopWords['account'], 'states' | 'stateBy'>,
  locale: Locale,
) {
  const happened = order.timeline.map(({ state, at, by }, index) => ({
    title: words.states[state],
    detail: by === null ? undefined : words.stateBy(by),
    at: formatDayTime(at, locale),
    instant: at,
    state: index < order.timeline.length - 1 ? ('done' as const) : endOf(state),
  }))
  // An order that was cancelled or came back has nothing more to wait for.
  const way = order.fulfilment === 'pickup' ? wayToCounter : wayHome
  const place = way.indexOf(order.state)
  const isBefore = mayOrder('cancel_by_customer', order.state) && place < 0
  const coming = place < 0 && !isBefore ? [] : way.slice(place + 1)
  return [
    ...happened,
    ...coming.map(state => ({ title: words.states[state], state: 'later' as const })),
  ]
}

function endOf(state: OrderState) {
  if (state === 'cancelled' || state === 'returned') return 'stopped' as const
  return state === 'delivered' ? ('done' as const) : ('now' as const)
}

export const toneOfState = {
  awaiting_prescription: 'info',
  awaiting_choice: 'warn',
  awaiting_payment: 'warn',
  placed: 'info',
  packed: 'info',
  out_for_delivery: 'warn',
  delivered: 'ok',
  returned: 'neutral',
  cancelled: 'bad',
} as const satisfies Record<OrderState, string>
