import type { api, FoundMedicine, ReplyOf, RequestOf } from '@janta/contracts'
import { type CataloguePorts, findMedicines, type Reader } from '#modules/catalogue'
import { mostOrdered } from './browse.ts'
import { foundMedicines, type Reach } from './found-medicine.ts'
import type { LiveIndex } from './live-index.ts'
import { areaOf } from './popularity.ts'
import type { SearchOptions, SearchResult } from './rows.ts'

export type SearchQuery = RequestOf<typeof api.searchMedicines>['query']
export type SearchReply = ReplyOf<typeof api.searchMedicines>
export type SuggestReply = ReplyOf<typeof api.suggestMedicines>

/** What an answer is made from. */
export type Searched = Pick<LiveIndex, 'search' | 'index' | 'lowest'>

/** From memory: any spelling, facets, pages. `reach` says what comes to the PIN asked about. */
export function answerFromIndex(live: Searched, query: SearchQuery, reach: Reach): SearchReply {
  const { search, index } = live
  if (!search) throw new Error('the index is asked before it was read')
  const options = optionsOf(query, reach)
  const words = query.q?.trim() ?? ''
  const found = words === '' ? mostOrdered(index, options) : search.search(words, options)
  return {
    items: foundMedicines(index, found.hits, { reach, lowest: live.lowest }),
    total: found.total,
    next: found.next ?? null,
    salts: found.groups.salts.map(salt => ({ name: salt.name, packs: salt.medicines })),
    showingResultsFor: found.corrected?.to ?? null,
    similarNames: found.similar,
    ignoredWords: found.ignored,
    facets: found.facets ?? null,
    offers: offersFor(words, found.total),
  }
}

function optionsOf(query: SearchQuery, reach: Reach): SearchOptions {
  const { form, manufacturer, prescription, price, category, inStock, sort, cursor, limit } = query
  const area = areaOf(query.pin)
  return {
    ...(limit === undefined ? {} : { limit }),
    ...(cursor === undefined ? {} : { cursor }),
    ...(sort === undefined ? {} : { sort }),
    ...(area === undefined ? {} : { area }),
    withFacets: true,
    filters: {
      ...(form && { form }),
      ...(manufacturer && { manufacturer }),
      ...(prescription && { prescription }),
      ...(price && { price }),
      ...(category && { category }),
      ...(inStock === undefined ? {} : { isInStock: inStock }),
      ...(reach && { reaching: reach }),
    },
  }
}

/** A name that nothing answers to: tell us, or show us the prescription. A filter too many is not that. */
function offersFor(words: string, total: number): SearchReply['offers'] {
  const isNothing = words !== '' && total === 0
  return { tellUsTheName: isNothing, uploadPrescription: isNothing }
}

/** By SQL, in the second or two after a start: the first page by how names begin, without guesses and facets. */
export async function answerFromCatalogue(
  reads: Reader,
  query: SearchQuery,
  options: { reach: Reach; ports: CataloguePorts },
): Promise<SearchReply> {
  const { reach, ports } = options
  const { items, salts } = await findMedicines(reads, query, ports)
  const found = items.map((card): FoundMedicine => {
    const { pricePaise, mrpPaise, decision } = card
    const isKnown = pricePaise !== null && mrpPaise !== null
    return {
      ...card,
      savingPaise: isKnown ? mrpPaise - pricePaise : null,
      isGuess: false,
      differs: [],
      delivers: reach && reach.includes(decision),
    }
  })
  return {
    items: found,
    total: found.length,
    next: null,
    salts,
    showingResultsFor: null,
    similarNames: [],
    ignoredWords: [],
    facets: null,
    offers: offersFor(query.q?.trim() ?? '', found.length),
  }
}

const suggestedHits = 50

/** What the letters typed so far may become. */
export function suggestFromIndex(
  live: Searched,
  typed: string,
  pin: string | undefined,
): SuggestReply {
  const { search, index } = live
  if (!search) throw new Error('the index is asked before it was read')
  const area = areaOf(pin)
  const found: SearchResult = search.search(typed, {
    limit: suggestedHits,
    ...(area === undefined ? {} : { area }),
  })
  const byId = new Map(found.hits.map(hit => [hit.id, hit]))
  return {
    medicines: found.groups.medicines.flatMap(({ topId }) => {
      const hit = byId.get(topId)
      if (!hit) return []
      const { ordinal, isGuess } = hit
      return {
        id: topId,
        name: index.cards.name(ordinal),
        packLabel: index.cards.packLabel(ordinal),
        manufacturer: index.manufacturers.texts[index.manufacturer[ordinal]!] ?? '',
        isGuess,
      }
    }),
    salts: found.groups.salts.map(({ name, medicines, isGuess }) => ({
      name,
      packs: medicines,
      isGuess,
    })),
    showingResultsFor: found.corrected?.to ?? null,
  }
}
