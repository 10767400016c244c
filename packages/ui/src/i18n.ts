import type { Locale } from './format.ts'

export type { Locale }
export const locales = ['en', 'hi'] as const satisfies readonly Locale[]

/**
 * What a translation must be: the same keys as the English area, the same values to fill in. A Hindi file typed
 * with it does not compile when a key is missing, superfluous, or takes something English does not give.
 */
export type Translated<Area> = {
  readonly [Key in keyof Area]: Area[Key] extends (...values: infer Values) => string
    ? (...values: Values) => string
    : Area[Key] extends string
      ? string
      : Translated<Area[Key]>
}

/** The language a path is written in: Hindi lives under `/hi`, English has no prefix. */
export function localeOf(pathname: string): Locale {
  return pathname === '/hi' || pathname.startsWith('/hi/') ? 'hi' : 'en'
}

/** The path without its language. */
export function withoutLocale(pathname: string): string {
  return localeOf(pathname) === 'hi' ? pathname.slice('/hi'.length) || '/' : pathname
}

/** The same page in a language; `path` may carry a query and must begin with one slash. */
export function pathIn(locale: Locale, path: string): string {
  if (locale === 'en') return path
  return path === '/' ? '/hi' : `/hi${path}`
}
