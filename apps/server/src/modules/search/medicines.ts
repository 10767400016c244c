// The medicine search: what a customer typed to ordered medicines, from memory alone.
// A guessed name is always announced; a typed strength or form is never silently another's.
import { announce, ignoredWords, typedWords } from './announce.ts'
import { type CursorText, readCursor, writeCursor } from './cursor.ts'
import { Explainer, isGuessed } from './explain.ts'
import { Facets } from './facets.ts'
import { type Gathered, Gatherer } from './gather.ts'
import { KeptWords } from './kept-words.ts'
import type { MedicineIndex } from './medicine-index.ts'
import { readQuery, type TypedQuery, type TypedWord } from './normalise.ts'
import { Page, type PageStart, type Ranked, Ranker } from './rank.ts'
import { type Candidate, shortWordLetters } from './resolve.ts'
import type { SearchHit, SearchOptions, SearchResult, SearchSort } from './rows.ts'
import { type Parting, partings } from './segment.ts'
import { spread, wellKnown } from './spread.ts'
import { suggestBrands, suggestSalts } from './suggest.ts'
import { Tally } from './tally.ts'
import * as weights from './weights.ts'
import { wholeNameMark } from './whole-name.ts'

export const hitsMax = 50
const hitsUsual = 20
const enough = 0.99
const namesAlso = 4

/** How an answer's medicines are judged, counted and put in order. */
type Asked = {
  ranker: Ranker
  facets: Facets
  page: Page
  sort: SearchSort
  isBare: boolean
  options: SearchOptions
}

type Reading = { parting: Parting; resolved: (readonly Candidate[])[]; score: number }

export class MedicineSearch {
  readonly #index: MedicineIndex
  readonly #gatherer: Gatherer
  readonly #words: KeptWords
  readonly #makers = new Tally()
  #gathered: { reading: Reading; found: Gathered } | undefined

  constructor(index: MedicineIndex) {
    this.#index = index
    this.#gatherer = new Gatherer(index)
    this.#words = new KeptWords(index)
  }

  /**
   * Medicines for a typed text, best first; a page of at most 50, with the cursor of the next.
   * Never throws for any text. Text with nothing to look for finds nothing.
   */
  search(text: string, options: SearchOptions = {}): SearchResult {
    const query = readQuery(text)
    if (query.words.length === 0 && query.numbers.length === 0 && query.forms.length === 0)
      return nothing()
    const reading = query.words.length > 0 ? this.#read(query, wholeNameMark(text)) : undefined
    if (reading) query.forms.push(...reading.parting.forms)
    if (query.words.length > 0 && !reading)
      return { ...nothing(), ignored: typedWords(query.words) }
    const found = reading ? this.#gatherOnce(query, reading) : this.#everyMedicine()
    return this.#answer(text, query, reading, found, options)
  }

  /** The way of parting the words that finds the best medicine; as they were typed when that is a whole name. */
  #read(query: TypedQuery, wholeName: number): Reading | undefined {
    let best: Reading | undefined
    let isSure = false
    this.#gathered = undefined
    for (const parting of partings(this.#index, query.words)) {
      // Every word known and together in one medicine: only a joined name could be meant instead.
      if (isSure && parting.words.length >= query.words.length) continue
      const resolved = parting.words.map((word, i) =>
        this.#words.resolve(word, {
          isOpen: query.isLastOpen && i === parting.words.length - 1,
          isFirst: i === 0,
        }),
      )
      const reading = { parting, resolved, score: 0 }
      const found = this.#gatherOnce(query, reading)
      if (found.count === 0) continue
      reading.score = found.topScore - parting.changes * weights.joinCost
      if (!best || reading.score > best.score) best = reading
      if (parting.changes === 0) isSure = isPlain(reading, found)
      if (isSure && this.#isNamed(found, wholeName)) return reading
    }
    return best
  }

  #isNamed({ ordinals, count }: Gathered, wholeName: number): boolean {
    const { nameMark } = this.#index.cards
    for (let i = 0; i < count; i++) if (nameMark[ordinals[i]!] === wholeName) return true
    return false
  }

  /** Gathers a reading, unless it is the one gathered last: most queries have only one. */
  #gatherOnce(query: TypedQuery, reading: Reading): Gathered {
    if (this.#gathered?.reading === reading) return this.#gathered.found
    const found = this.#gather(query, reading)
    this.#gathered = { reading, found }
    return found
  }

  #gather(query: TypedQuery, { parting, resolved }: Reading): Gathered {
    const letters = parting.words.reduce((sum, word) => sum + word.text.length, 0)
    return this.#gatherer.gather(
      resolved.map((candidates, i) => {
        const word = parting.words[i] as TypedWord
        const isShort = word.text.length <= shortWordLetters
        const isAlone = resolved.length === 1 && query.numbers.length === 0
        return {
          candidates,
          share: word.text.length / letters,
          isHeadOnly: isShort && isAlone && query.isLastOpen,
          ...(isShort && i > 0 && i === resolved.length - 1 && query.isLastOpen
            ? { begins: word.text }
            : {}),
        }
      }),
      query.numbers.length > 0,
    )
  }

  /** Strengths or forms alone ("650 tablet"): every medicine is looked at. */
  #everyMedicine(): Gathered {
    const live: number[] = []
    for (let ordinal = 0; ordinal < this.#index.ids.end; ordinal++)
      if (this.#index.isLive(ordinal)) live.push(ordinal)
    return {
      ordinals: Int32Array.from(live),
      worths: new Float32Array(live.length),
      covers: new Uint16Array(live.length),
      count: live.length,
      bestCover: 0,
      topScore: 0,
    }
  }

  #answer(
    text: string,
    query: TypedQuery,
    reading: Reading | undefined,
    found: Gathered,
    options: SearchOptions,
  ): SearchResult {
    const sort = options.sort ?? 'relevance'
    const limit = Math.max(1, Math.min(hitsMax, Math.trunc(options.limit ?? hitsUsual) || 1))
    const ranker = new Ranker(this.#index, query, {
      wholeName: wholeNameMark(text),
      area: options.area,
    })
    const facets = new Facets(this.#index, options.filters ?? {}, this.#makers)
    const cursor = readCursor(sort, options.cursor)
    const page = new Page(limit + 1, cursor && this.#after(cursor))
    const asked = { ranker, facets, page, sort, isBare: !reading, options }
    const total = this.#rank(found, asked)
    const explainer = new Explainer(
      this.#index,
      reading?.parting.words ?? [],
      reading?.resolved ?? [],
    )
    const isFirstPage = sort === 'relevance' && !cursor
    const others = isFirstPage ? this.#othersMeant(found, reading, asked, limit) : []
    const own = page.items.slice(0, limit - others.length)
    const ordered = [...own, ...others].map(item => this.#hit(item, ranker, explainer))
    const hits = isFirstPage ? spread(this.#index, ordered) : ordered
    const last = own.at(-1)
    const isMore = page.items.length > own.length && last !== undefined
    return {
      hits,
      total,
      ...announce(text, query, hits),
      ignored: ignoredWords(reading?.parting.words ?? [], found.bestCover),
      groups: {
        medicines: suggestBrands(this.#index, hits),
        salts: suggestSalts(this.#index, reading?.resolved ?? []),
      },
      ...(options.withFacets ? { facets: facets.result() } : {}),
      ...(isMore ? { next: this.#next(sort, last, [...(cursor?.shown ?? []), ...others]) } : {}),
    }
  }

  #next(sort: SearchSort, last: Ranked, shown: readonly (Ranked | string)[]): string {
    const { ids } = this.#index
    const before = shown.map(one => (typeof one === 'string' ? one : ids.id(one.ordinal)))
    return writeCursor(sort, { key: last.key, id: ids.id(last.ordinal), shown: before })
  }

  /** A pack gone since the last page leaves its key, so at worst equals are shown twice, never lost. */
  #after({ key, id, shown = [] }: CursorText): PageStart {
    const { ids } = this.#index
    return { key, ordinal: ids.find(id), shown: new Set(shown.map(one => ids.find(one))) }
  }

  #rank(found: Gathered, { ranker, facets, page, sort, isBare, options }: Asked): number {
    let total = 0
    for (let i = 0; i < found.count; i++) {
      if ((found.covers[i]! & found.bestCover) !== found.bestCover) continue
      const ordinal = found.ordinals[i]!
      if (isBare && !(ranker.hasStrengths(ordinal) && ranker.hasForm(ordinal))) continue
      const failed = facets.failed(ordinal)
      if (options.withFacets) facets.count(ordinal, failed)
      if (failed !== 0) continue
      total += 1
      const score = ranker.score(ordinal, found.worths[i]!)
      page.offer(ordinal, score, this.#key(ordinal, score, sort), i)
    }
    return total
  }

  /**
   * The best pack of each name the typed one may be a slip of, where packs of the likeliest fill the page. They stand
   * on the first page for its last ones, which follow on the second; no later page shows them again.
   */
  #othersMeant(found: Gathered, reading: Reading | undefined, asked: Asked, limit: number) {
    const top = asked.page.items[0]
    const [words] = reading?.resolved ?? []
    if (!top || !words || asked.page.items.length <= limit || limit < namesAlso * 2) return []
    const wanted = new Set(words.filter(isGuessed).map(candidate => candidate.word))
    const { brands, brand } = this.#index
    const headOf = (ordinal: number) => brands.first(brand[ordinal]!)
    if (
      !wanted.has(headOf(top.ordinal)) &&
      this.#index.ranking.popularity[top.ordinal]! >= wellKnown
    )
      return []
    for (const item of asked.page.items.slice(0, limit - namesAlso))
      wanted.delete(headOf(item.ordinal))
    if (wanted.size === 0) return []
    const best = new Map<number, Ranked>()
    for (let i = 0; i < found.count; i++) {
      if ((found.covers[i]! & found.bestCover) !== found.bestCover) continue
      const ordinal = found.ordinals[i]!
      const head = headOf(ordinal)
      if (!wanted.has(head) || asked.facets.failed(ordinal) !== 0) continue
      const score = asked.ranker.score(ordinal, found.worths[i]!)
      const known = best.get(head)
      if (!known || known.score < score) best.set(head, { ordinal, score, key: score, place: i })
    }
    return [...best.values()].sort((a, b) => b.score - a.score).slice(0, namesAlso)
  }

  /** What the page is ordered by, highest first; unknown prices come last either way. */
  #key(ordinal: number, score: number, sort: SearchSort): number {
    const price = this.#index.pricePaise[ordinal]!
    if (sort === 'popular') return this.#index.ranking.popularity[ordinal]!
    if (sort === 'price_low') return price < 0 ? -Number.MAX_SAFE_INTEGER : -price
    if (sort === 'price_high') return price < 0 ? -Number.MAX_SAFE_INTEGER : price
    return score
  }

  #hit(item: Ranked, ranker: Ranker, explainer: Explainer): SearchHit {
    const why = explainer.why(item.ordinal)
    return {
      ordinal: item.ordinal,
      id: this.#index.ids.id(item.ordinal),
      score: item.score,
      why,
      isGuess: why.some(isGuessed),
      differs: ranker.differs(item.ordinal),
    }
  }
}

const nothing = (): SearchResult => ({
  hits: [],
  total: 0,
  similar: [],
  ignored: [],
  groups: { medicines: [], salts: [] },
})

/** Typed as known words, all of them in one medicine: no other parting can be meant. */
function isPlain(reading: Reading, found: Gathered): boolean {
  const all = (1 << reading.resolved.length) - 1
  const isExact = reading.resolved.every(candidates => candidates[0]?.by === 'exact')
  return isExact && found.bestCover === all && found.topScore > enough
}
