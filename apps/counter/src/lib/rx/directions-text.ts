import type { Directions } from '@janta/contracts'

/** Coded directions as the desk writes them, the same in every language: "1-0-1 × 30 d, before food" without the words. */
export function directionsText(directions: Directions): string {
  switch (directions.kind) {
    case 'daily':
      return `${dosesText(directions.doses)} × ${directions.days} d`
    case 'hourly':
      return `q${directions.everyHours}h × ${directions.days} d`
    case 'weekly':
      return `${directions.timesAWeek}/w × ${directions.weeks} w`
    case 'sos':
      return `SOS × ${directions.doses}${directions.dayMax ? ` (≤ ${directions.dayMax}/d)` : ''}`
    case 'taper':
      return directions.steps.map(step => `${dosesText(step.doses)} × ${step.days} d`).join(' → ')
    case 'once':
      return `STAT × ${doseText(directions.dose)}`
    case 'apply':
      return `${directions.timesADay}/d × ${directions.days} d`
  }
}

const dosesText = (doses: readonly number[]): string => doses.map(doseText).join('-')

const parts: Readonly<Record<number, string>> = { 0: '', 1: '¼', 2: '½', 3: '¾' }
function doseText(quarters: number): string {
  const whole = Math.floor(quarters / 4)
  const part = parts[quarters % 4] ?? ''
  return whole === 0 && part !== '' ? part : `${whole}${part}`
}
