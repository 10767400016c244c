import type { Locale } from '@janta/ui/i18n.ts'
import { advice as adviceEnglish } from './messages/en/advice.ts'
import { desk as deskEnglish } from './messages/en/desk.ts'
import { imports as importsEnglish } from './messages/en/imports.ts'
import { money as moneyEnglish } from './messages/en/money.ts'
import { orders as ordersEnglish } from './messages/en/orders.ts'
import { stock as stockEnglish } from './messages/en/stock.ts'
import { advice as adviceHindi } from './messages/hi/advice.ts'
import { desk as deskHindi } from './messages/hi/desk.ts'
import { imports as importsHindi } from './messages/hi/imports.ts'
import { money as moneyHindi } from './messages/hi/money.ts'
import { orders as ordersHindi } from './messages/hi/orders.ts'
import { stock as stockHindi } from './messages/hi/stock.ts'
import { keep, kept } from './kept.ts'

const words = {
  en: {
    advice: adviceEnglish,
    desk: deskEnglish,
    imports: importsEnglish,
    money: moneyEnglish,
    orders: ordersEnglish,
    stock: stockEnglish,
  },
  hi: {
    advice: adviceHindi,
    desk: deskHindi,
    imports: importsHindi,
    money: moneyHindi,
    orders: ordersHindi,
    stock: stockHindi,
  },
} as const

/**
 * The language of this device. Kept on the device and not in the path: the console is not indexed, and switching
 * keeps the page, the scroll and whatever is being typed.
 */
class Language {
  locale = $state<Locale>(kept('language') === 'hi' ? 'hi' : 'en')
  readonly advice = $derived(words[this.locale].advice)
  readonly desk = $derived(words[this.locale].desk)
  readonly imports = $derived(words[this.locale].imports)
  readonly money = $derived(words[this.locale].money)
  readonly orders = $derived(words[this.locale].orders)
  readonly stock = $derived(words[this.locale].stock)

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
