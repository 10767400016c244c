import type { Impact, SaleDecision } from '@janta/contracts'
import type { Day } from '#kernel/day'
import type { Language } from './sale-sentence.ts'

const becomes: Record<Language, Record<SaleDecision, string>> = {
  en: {
    open: 'sellable without a prescription',
    prescription: 'prescription-only',
    store_only: 'store pick-up only',
    blocked: 'not sold online by law',
    unclassified: 'unsellable until they are classified',
  },
  hi: {
    open: 'बिना पर्चे बिकने लायक',
    prescription: 'सिर्फ़ पर्चे पर मिलने वाले',
    store_only: 'सिर्फ़ दुकान से मिलने वाले',
    blocked: 'क़ानूनन ऑनलाइन न बिकने वाले',
    unclassified: 'वर्गीकरण होने तक न बिकने वाले',
  },
}

const dayWords = {
  en: longDay('en-IN'),
  hi: longDay('hi-IN'),
} as const

function longDay(locale: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
}

/** "This makes 412 packs prescription-only from 1 December 2026.", in English and in Hindi. */
export function impactSentence(
  changes: Impact['changes'],
  from: Day,
  language: Language = 'en',
): string {
  const day = dayWords[language].format(new Date(`${from}T00:00:00Z`))
  const totals = new Map<SaleDecision, number>()
  for (const { after, packs } of changes) totals.set(after, (totals.get(after) ?? 0) + packs)
  const words = becomes[language]
  const parts = [...totals].map(([decision, packs]) =>
    language === 'hi'
      ? `${packs} पैक ${words[decision]}`
      : `${packs} ${packs === 1 ? 'pack' : 'packs'} ${words[decision]}`,
  )
  if (language === 'hi') {
    return parts.length === 0
      ? `इससे ${day} से किसी पैक की बिक्री नहीं बदलती।`
      : `इससे ${day} से ${parts.join(' और ')} हो जाएँगे।`
  }
  return parts.length === 0
    ? `This changes what may be done with no pack from ${day}.`
    : `This makes ${parts.join(' and ')} from ${day}.`
}
