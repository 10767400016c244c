import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { emit } from '#kernel/events'
import { Refusal } from '#kernel/refusal'
import { inTransaction } from '#kernel/transaction'
import { findPacks } from './find-packs.ts'
import { recordPrices } from './record-price.ts'
import { sellingPricePaise } from './selling-price.ts'

/**
 * Asks this price for one pack from today. Refuses `not_found`, and `price_above_limit` for more than the MRP last
 * seen or the notified ceiling (DPCO 2013, para 26), which the sentence names.
 */
export async function setPrice(
  database: Database,
  caller: Caller,
  wanted: { packId: string; pricePaise: number; reason: string },
): Promise<{ id: string }> {
  return inTransaction(database, caller, async tx => {
    const pack = (await findPacks(tx, [wanted.packId])).get(wanted.packId.toLowerCase())
    if (!pack) throw new Refusal('not_found', 'We have no such medicine. Search for it by name.')
    const { mrpPaise, capPaise } = pack
    const limit = sellingPricePaise({ displayedPaise: wanted.pricePaise, mrpPaise, capPaise })
    if (limit < wanted.pricePaise || mrpPaise === null) {
      throw new Refusal(
        'price_above_limit',
        mrpPaise === null
          ? 'No MRP of this pack is known yet. Receive goods or import a list first.'
          : `At most ${limit} paise may be asked for this pack. Enter that or less.`,
        { fields: [{ field: 'pricePaise', message: `may be at most ${limit}` }] },
      )
    }
    await recordPrices(tx, {
      packIds: [pack.id],
      pricesPaise: [wanted.pricePaise],
      mrpsPaise: [mrpPaise],
      source: 'set by hand',
      recordedBy: caller.personId,
      reason: wanted.reason,
    })
    await emit(tx, caller, 'catalogue.price_set', { packId: pack.id })
    return { id: pack.id }
  })
}
