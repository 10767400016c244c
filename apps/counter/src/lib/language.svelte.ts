import type { Locale } from '@janta/ui/i18n.ts'
import { desk as deskEnglish } from './messages/en/desk.ts'
import { desk as deskHindi } from './messages/hi/desk.ts'
import { keep, kept } from './kept.ts'

const words = { en: deskEnglish, hi: deskHindi } as const

/**
 * The language of this device, and the words every page shows; an area's own words come with its pages. Kept on the
 * device and not in the path: the console is not indexed, and switching keeps the page, the scroll and whatever is
 * being typed.
 */
class Language {
  locale = $state<Locale>(kept('language') === 'hi' ? 'hi' : 'en')
  readonly desk = $derived(words[this.locale])

  choose(locale: Locale): void {
    this.locale = locale
    keep('language', locale)
  }

  /** Minutes as people say them: "27 min", "3 h 5 min", "2 d 4 h". */
  wait(minutes: number): string {
    if (minutes < 60) return this.desk.minutes(minutes)
    const hours = Math.trunc(minutes / 60)
    if (hours < 24) return this.desk.hours(hours, minutes % 60)
    return this.desk.days(Math.trunc(hours / 24), hours % 24)
  }
}

export const language = new Language()
