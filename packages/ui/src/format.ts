/** Numbers and dates as people in India write them. Pure: the same on the server and on the phone. */
export type Locale = 'en' | 'hi'

const tag = { en: 'en-IN', hi: 'hi-IN' } as const
const zone = 'Asia/Kolkata'

// Hindi pages keep Latin digits: bills, strips and phones in India are printed with them.
const money = {
  en: new Intl.NumberFormat(tag.en, {
    style: 'currency',
    currency: 'INR',
    numberingSystem: 'latn',
  }),
  hi: new Intl.NumberFormat(tag.hi, {
    style: 'currency',
    currency: 'INR',
    numberingSystem: 'latn',
  }),
}

const months = {
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  hi: [
    'जनवरी',
    'फ़रवरी',
    'मार्च',
    'अप्रैल',
    'मई',
    'जून',
    'जुलाई',
    'अगस्त',
    'सितंबर',
    'अक्टूबर',
    'नवंबर',
    'दिसंबर',
  ],
} as const

/** Integer paise to "₹1,23,456.00". Exact: the decimal is written as text, never divided. */
export function formatPaise(paise: number, locale: Locale = 'en'): string {
  if (!Number.isSafeInteger(paise)) throw new RangeError(`not whole paise: ${paise}`)
  const whole = Math.trunc(Math.abs(paise) / 100)
  const rest = String(Math.abs(paise) % 100).padStart(2, '0')
  const decimal = `${paise < 0 ? '-' : ''}${whole}.${rest}` as `${number}`
  return money[locale].format(decimal)
}

/** Thousandths of a paisa per base unit to the nearest paisa, e.g. 7893333 to "₹78.93". */
export function formatUnitPrice(milliPaise: number, locale: Locale = 'en'): string {
  return formatPaise(Math.round(milliPaise / 1000), locale)
}

/** Whole per cent below the MRP, rounded down so that a saving is never overstated. */
export function percentBelow(mrpPaise: number, pricePaise: number): number {
  if (mrpPaise <= 0 || pricePaise >= mrpPaise) return 0
  return Math.floor(((mrpPaise - pricePaise) * 100) / mrpPaise)
}

/** An expiry month 'YYYY-MM' to "Mar 2028". */
export function formatMonth(month: string, locale: Locale = 'en'): string {
  const [year, number] = month.split('-')
  const name = months[locale][Number(number) - 1]
  if (!year || !name) throw new RangeError(`not a month: ${month}`)
  return `${name} ${year}`
}

interface IndianClock {
  year: string
  month: number
  day: number
  hour: number
  minute: string
}

const clockParts = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  hourCycle: 'h23',
})

function indianClock(instant: string | Date): IndianClock {
  const parts = new Map(
    clockParts.formatToParts(new Date(instant)).map(part => [part.type, part.value]),
  )
  return {
    year: parts.get('year') ?? '',
    month: Number(parts.get('month')),
    day: Number(parts.get('day')),
    hour: Number(parts.get('hour')),
    minute: parts.get('minute') ?? '',
  }
}

/** An instant to its day in India, "22 Nov 2026". */
export function formatDay(instant: string | Date, locale: Locale = 'en'): string {
  const at = indianClock(instant)
  return `${at.day} ${months[locale][at.month - 1]} ${at.year}`
}

/** An instant to its time in India: "4:30 pm", "शाम 4:30 बजे". */
export function formatTime(instant: string | Date, locale: Locale = 'en'): string {
  const { hour, minute } = indianClock(instant)
  const clock = `${hour % 12 === 0 ? 12 : hour % 12}:${minute}`
  return locale === 'hi' ? `${partOfDay(hour)} ${clock} बजे` : `${clock} ${hour < 12 ? 'am' : 'pm'}`
}

function partOfDay(hour: number): string {
  if (hour < 4 || hour >= 20) return 'रात'
  if (hour < 12) return 'सुबह'
  return hour < 16 ? 'दोपहर' : 'शाम'
}

export function formatDayTime(instant: string | Date, locale: Locale = 'en'): string {
  return `${formatDay(instant, locale)}, ${formatTime(instant, locale)}`
}

const relative = {
  en: new Intl.RelativeTimeFormat(tag.en, { numeric: 'auto' }),
  hi: new Intl.RelativeTimeFormat(tag.hi, { numeric: 'auto' }),
}
const steps = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const

/** "5 minutes ago", "in 3 days": the largest whole unit, from minutes to days. */
export function formatRelative(instant: string | Date, now: Date, locale: Locale = 'en'): string {
  const seconds = Math.round((new Date(instant).getTime() - now.getTime()) / 1000)
  for (const step of steps) {
    if (Math.abs(seconds) >= step.seconds) {
      return relative[locale].format(Math.trunc(seconds / step.seconds), step.unit)
    }
  }
  return relative[locale].format(0, 'minute')
}

const counts = {
  en: new Intl.NumberFormat(tag.en, { numberingSystem: 'latn' }),
  hi: new Intl.NumberFormat(tag.hi, { numberingSystem: 'latn' }),
}

/** A stored mobile number as people say it: "+919876543210" to "+91 98765 43210". */
export function formatMobile(mobile: string): string {
  return mobile.replace(/^(\+91)([0-9]{5})([0-9]{5})$/, '$1 $2 $3')
}

/** A count with lakh grouping, "1,23,456". */
export function formatCount(count: number, locale: Locale = 'en'): string {
  return counts[locale].format(count)
}
