import assert from 'node:assert/strict'
import type { Fulfilment, PaymentMethod } from '@janta/contracts'
import { sql } from 'kysely'
import type { Sale } from '#modules/dispensing'
import type { Tx } from '#kernel/transaction'

interface Found {
  readonly storeId: string
  readonly personId: string
  readonly paymentMethod: PaymentMethod
  readonly creditPart: 'none' | 'part' | 'whole'
  readonly fulfilment: Fulfilment
  readonly deliveryFeePaise: number
  readonly language: 'en' | 'hi'
  readonly discounts: Sale['discounts']
  readonly recipientName: string
  readonly line1: string
  readonly line2: string | null
  readonly city: string
  readonly district: string
  readonly region: string
  readonly pin: string
}

/** What an invoice must know of an order besides its goods: to whom, where, how paid. */
export async function findSale(tx: Tx, orderId: string): Promise<Sale> {
  const { rows } = await sql<Found>`
    select store_id as "storeId", person_id as "personId", payment_method as "paymentMethod", case when credit_paise = 0 then 'none'
        when credit_paise >= total_paise then 'whole' else 'part' end as "creditPart", fulfilment,
      delivery_fee_paise as "deliveryFeePaise", language, coalesce((
        select jsonb_agg(jsonb_build_object('line', line, 'sharePaise', discount_paise) order by line)
        from ordering.order_line where order_id = "order".id and discount_paise > 0), '[]'::jsonb) as discounts,
      recipient_name as "recipientName", line1, line2, city, district,
      region, pin
    from ordering.order where id = ${orderId}`.execute(tx)
  const [found] = rows
  assert(found, 'the order was locked before')
  const { storeId, personId, paymentMethod, creditPart, deliveryFeePaise, language, discounts } =
    found
  const { recipientName: name, line1, line2, city, district, region, pin } = found
  const addressLines = [line1, ...(line2 === null ? [] : [line2]), city]
  return {
    storeId,
    personId,
    paymentMethod,
    creditPart,
    deliveryFeePaise,
    discounts,
    recipient: { name, addressLines, district, region, pin, language },
  }
}
