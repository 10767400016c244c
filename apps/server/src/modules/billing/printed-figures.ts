import { divideDown } from '#kernel/money'
import { dayOf } from '#kernel/day'

/** 12345678 paise: '1,23,456.78'; a rounding may be less than nothing. */
export function rupees(paise: number): string {
  const whole = String(divideDown(Math.abs(paise), 100))
  const last = whole.slice(-3)
  const before = whole.slice(0, -3).replaceAll(/\B(?=(\d{2})+$)/g, ',')
  const grouped = before === '' ? last : `${before},${last}`
  const sign = paise < 0 ? '−' : ''
  return `${sign}${grouped}.${String(Math.abs(paise) % 100).padStart(2, '0')}`
}

/** 250 basis points: '2.5%'. Half of a rate may have a quarter of a percent. */
export function percent(basisPoints: number): string {
  const whole = divideDown(basisPoints, 100)
  const rest = String(basisPoints % 100)
    .padStart(2, '0')
    .replace(/0+$/, '')
  return rest === '' ? `${whole}%` : `${whole}.${rest}%`
}

/** '22-11-2026 20:15 IST' */
export function momentInIndia(instant: Date): string {
  const [year, month, day] = dayOf(instant).split('-')
  const minutes = (Math.floor(instant.getTime() / 60_000) + 330) % 1_440
  const two = (number: number) => String(number).padStart(2, '0')
  return `${day}-${month}-${year} ${two(divideDown(minutes, 60))}:${two(minutes % 60)} IST`
}

/** '2098-01' as packs print it: '01/2098' */
export function expiryOnPack(month: string): string {
  return `${month.slice(5)}/${month.slice(0, 4)}`
}

/** Packs, and loose units where no whole number of packs was sold: '3', '7 of 15', '2 + 5 of 10'. */
export function quantityOf(line: { units: number; unitsPerPack: number }): string {
  const { units, unitsPerPack } = line
  const loose = units % unitsPerPack
  const whole = divideDown(units, unitsPerPack)
  if (loose === 0) return String(whole)
  return whole === 0 ? `${loose} of ${unitsPerPack}` : `${whole} + ${loose} of ${unitsPerPack}`
}
