import type { KeyIndex, ListedObject } from './key-index.ts'

export type ListQuery = {
  prefix: string
  delimiter: string
  /** Only keys after this one are listed. */
  startAfter: string
  /** Where the page before ended: a key, or a common prefix whose keys are all skipped. */
  resumeAfter?: string
  max: number
}

export type ListPage = {
  objects: ListedObject[]
  commonPrefixes: string[]
  /** Give back as `resumeAfter` for the next page; undefined on the last. */
  next?: string
}

/** One page of a bucket in key order, keys beyond the delimiter rolled up to common prefixes. */
export function listPage(index: KeyIndex, query: ListQuery): ListPage {
  const { prefix, delimiter, max } = query
  const resumed = query.resumeAfter ?? ''
  const page: ListPage = { objects: [], commonPrefixes: [] }
  const starts = [prefix, query.startAfter, resumed].sort((a, b) =>
    Buffer.from(a).compare(Buffer.from(b)),
  )
  let last = ''
  for (const object of index.startingAt(starts.at(-1) ?? '')) {
    const { key } = object
    if (!key.startsWith(prefix)) break
    if (key === query.startAfter || key === resumed) continue
    const cutAt = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
    const rolled = cutAt < 0 ? '' : key.slice(0, cutAt + delimiter.length)
    if (rolled !== '' && (rolled === resumed || rolled === page.commonPrefixes.at(-1))) continue
    if (page.objects.length + page.commonPrefixes.length === max) {
      return max === 0 ? page : { ...page, next: last }
    }
    if (rolled === '') page.objects.push(object)
    else page.commonPrefixes.push(rolled)
    last = rolled === '' ? key : rolled
  }
  return page
}
