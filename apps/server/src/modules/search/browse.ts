// What is most ordered, near the customer first: the list of a page on which nothing was typed.
import type { MedicineIndex } from './medicine-index.ts'
import { Facets } from './facets.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { Page } from './rank.ts'
import type { SearchHit, SearchOptions, SearchResult, SearchSort } from './rows.ts'
import { Tally } from './tally.ts'

const hitsUsual = 20
// What cannot be had today is shown after much that can.
const outOfStockShare = 0.1

/**
 * The most ordered medicines of a category; without one, of what anybody may order, because a list nobody asked for
 * would advertise prescription medicines (Drugs Rules, Schedule H).
 */
export function mostOrdered(index: MedicineIndex, options: SearchOptions): SearchResult {
  const filters = options.filters ?? {}
  const shown = filters.category ? filters : { ...filters, only: 'open' as const }
  const facets = new Facets(index, shown, new Tally())
  const sort = options.sort ?? 'relevance'
  const limit = Math.max(1, options.limit ?? hitsUsual)
  const cursor = readCursor(sort, options.cursor)
  const page = new Page(
    limit + 1,
    cursor && { key: cursor.key, ordinal: index.ids.find(cursor.id), shown: new Set() },
  )
  const local = index.areaPopularity(options.area)
  let total = 0
  for (let ordinal = 0; ordinal < index.ids.end; ordinal++) {
    if (!index.isLive(ordinal) || index.isDiscontinued(ordinal)) continue
    if (!index.isOffered(ordinal)) continue
    if (index.pricePaise[ordinal]! < 0) continue
    const failed = facets.failed(ordinal)
    if (options.withFacets) facets.count(ordinal, failed)
    if (failed !== 0) continue
    total += 1
    const key = orderOf(index, ordinal, sort, local?.get(ordinal) ?? 0)
    page.offer(ordinal, key, key, 0)
  }
  const last = page.items[limit - 1]
  const isMore = page.items.length > limit && last !== undefined
  return {
    hits: page.items.slice(0, limit).map(({ ordinal, score }) => hitOf(index, ordinal, score)),
    total,
    similar: [],
    ignored: [],
    groups: { medicines: [], salts: [] },
    ...(options.withFacets ? { facets: facets.result() } : {}),
    ...(isMore
      ? { next: writeCursor(sort, { key: last.key, id: index.ids.id(last.ordinal) }) }
      : {}),
  }
}

function orderOf(index: MedicineIndex, ordinal: number, sort: SearchSort, local: number): number {
  if (sort === 'price_low') return -index.pricePaise[ordinal]!
  if (sort === 'price_high') return index.pricePaise[ordinal]!
  const popularity = index.ranking.popularity[ordinal]! + local
  return index.isInStock(ordinal) ? popularity : popularity * outOfStockShare
}

function hitOf(index: MedicineIndex, ordinal: number, score: number): SearchHit {
  return { ordinal, id: index.ids.id(ordinal), score, why: [], isGuess: false, differs: [] }
}
