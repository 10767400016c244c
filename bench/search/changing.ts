import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { systemCaller } from '../../apps/server/src/kernel/caller.ts'
import { openDatabase } from '../../apps/server/src/kernel/database.ts'
import { setPrice } from '../../apps/server/src/modules/catalogue/set-price.ts'

const packsChanged = 1_000

/**
 * Sets prices at an even rate as the desk does, each in its own transaction with its price history and event, while
 * `meanwhile` runs. Answers how many were set a second, and what `meanwhile` answered.
 */
export async function whileChanging<T>(
  databaseUrl: string,
  perSecond: number,
  meanwhile: () => Promise<T>,
): Promise<{ perSecond: number; answer: T }> {
  const database = openDatabase({ url: databaseUrl, poolMax: 2, readConnections: 1 })
  const caller = systemCaller('bench.search_live')
  const ending = new AbortController()
  try {
    const { rows } = await sql<{ id: string; pricePaise: number }>`
      select id, price_paise as "pricePaise" from catalogue.pack
      where price_paise > 1000 and mrp_paise is not null
      order by popularity desc, id limit ${packsChanged}`.execute(database.reads)
    let changes = 0
    const change = async () => {
      const from = performance.now()
      for (; !ending.signal.aborted; changes++) {
        const { id, pricePaise } = rows[changes % rows.length]!
        // Lower each time, so that no price passes its limit.
        const round = Math.floor(changes / rows.length) + 1
        const wanted = { packId: id, pricePaise: pricePaise - round, reason: 'A measurement' }
        await setPrice(database, caller, wanted)
        const early = from + ((changes + 1) * 1_000) / perSecond - performance.now()
        if (early > 0) await wait(early)
      }
      return (changes * 1_000) / (performance.now() - from)
    }
    const changing = change()
    // Unheard until it is waited for below, a failed change would end the process at once.
    changing.catch(() => ending.abort())
    const answer = await meanwhile().finally(() => ending.abort())
    return { perSecond: await changing, answer }
  } finally {
    ending.abort()
    await database.close()
  }
}
