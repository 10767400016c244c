import type { Fulfilment } from '@janta/contracts'
import { sql } from 'kysely'
import { findPacks, type PackFacts } from '#modules/catalogue'
import { findDispensed } from '#modules/dispensing'
import { assertNotRevoked } from '#modules/prescriptions'
import { lockBlocked } from '#modules/stock'
import { Refusal } from '#kernel/refusal'
import type { Tx } from '#kernel/transaction'

interface Line {
  readonly packId: string
  readonly needsPrescription: boolean
}

/**
 * Refuses `sale_forbidden_now` for what was ordered lawfully and may not be supplied any more: a formulation banned
 * since (Drugs and Cosmetics Act, section 26A), a class switched off, a medicine that came to need a prescription.
 * The order's date protects nobody: what binds is the law on the day of the supply.
 */
export async function assertStillLawful(
  tx: Tx,
  fulfilment: Fulfilment,
  lines: readonly Line[],
): Promise<void> {
  const packs = await findPacks(tx, [...new Set(lines.map(line => line.packId))])
  const forbidden = lines.flatMap(line => {
    const pack = packs.get(line.packId)
    const why = pack && whyForbidden(pack, line, fulfilment)
    return why ? [{ name: pack.name, why }] : []
  })
  const [first] = forbidden
  if (!first) return
  throw new Refusal(
    'sale_forbidden_now',
    `${first.name} ${first.why} since it was ordered. Cancel this order: the customer is told, gets what she paid back and may order the rest again.`,
    { fields: forbidden.map(({ name, why }) => ({ field: 'lines', message: `${name} ${why}` })) },
  )
}

function whyForbidden(pack: PackFacts, line: Line, fulfilment: Fulfilment): string | null {
  const { decision, terms } = pack
  if (decision === 'blocked') return 'was banned or taken off sale'
  if (decision === 'unclassified') return 'lost its release for sale'
  if (terms.needsPrescription && !line.needsPrescription) return 'came to need a prescription'
  if (fulfilment === 'delivery') return terms.delivery === 'never' ? 'may not be delivered' : null
  return terms.pickup === 'no' ? 'may not be given at the counter' : null
}

/**
 * A packed order may leave the store: lawful still, its prescription not revoked, none of its batches recalled or
 * expired since it was packed. Refuses `sale_forbidden_now`, `prescription_revoked`, and `packed_batch_blocked` naming the
 * batches.
 */
export async function assertMayLeave(
  tx: Tx,
  order: { id: string; fulfilment: Fulfilment },
): Promise<void> {
  const { rows: lines } = await sql<Line>`
    select pack_id as "packId", needs_prescription as "needsPrescription"
    from ordering.order_line where order_id = ${order.id} and quantity > 0 order by line`.execute(
    tx,
  )
  await assertStillLawful(tx, order.fulfilment, lines)
  await assertNotRevoked(tx, order.id)
  const dispensed = await findDispensed(tx, [order.id])
  const blocked = await lockBlocked(tx, [...new Set(dispensed.map(one => one.batchId))])
  if (blocked.length === 0) return
  throw new Refusal(
    'packed_batch_blocked',
    `Batch ${blocked.join(', ')} in this packet was recalled or ran out since it was packed. Keep the packet here and cancel the order.`,
    { fields: blocked.map(number => ({ field: 'batches', message: number })) },
  )
}
