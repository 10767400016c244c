import {
  medicineCategories,
  medicineForms,
  priceBands,
  saleDecisions,
  searchSorts,
} from '@janta/contracts'
import type { SearchChoices } from '#lib/search-query.ts'

const lettersMax = 200
const valuesMax = 20
const cursorMax = 200

/**
 * The choices an address carries. A value the API does not know is left out, and too much is cut, so that an old or
 * mistyped address still shows medicines.
 */
export function readSearch(query: URLSearchParams): SearchChoices {
  const cursor = query.get('cursor')
  return {
    q: (query.get('q') ?? '').trim().slice(0, lettersMax),
    category: knownOf(medicineCategories, query.getAll('category'))[0] ?? null,
    form: knownOf(medicineForms, query.getAll('form')),
    manufacturer: [...new Set(query.getAll('manufacturer'))]
      .filter(name => name !== '' && name.length <= lettersMax)
      .slice(0, valuesMax),
    prescription: knownOf(saleDecisions, query.getAll('prescription')),
    price: knownOf(priceBands, query.getAll('price')),
    inStock: query.get('inStock') === 'true',
    sort: knownOf(searchSorts, query.getAll('sort')).find(sort => sort !== 'relevance') ?? null,
    cursor: cursor && cursor.length <= cursorMax ? cursor : null,
    exact: query.get('exact') === 'true',
  }
}

/** The known values among those asked, each once, in the order of the list. */
function knownOf<T extends string>(known: readonly T[], asked: readonly string[]): T[] {
  const set = new Set(asked)
  return known.filter(value => set.has(value)).slice(0, valuesMax)
}
