import type { Group, Line } from './bill.ts'
import { totalOf } from './bill.ts'

/** What the owner allows in a month, in US dollars before tax. */
export const bands: Readonly<Partial<Record<Group, readonly [number, number]>>> = {
  Fargate: [30, 60],
  RDS: [40, 80],
  S3: [5, 10],
  Network: [20, 40],
}

export const totalBand = [100, 190] as const

/** A sentence for each band the bill leaves; none when the month is as allowed. */
export function bandBreaches(lines: readonly Line[]): string[] {
  const judged: [string, number, readonly [number, number]][] = [
    ['The total', totalOf(lines), totalBand],
  ]
  for (const [group, band] of Object.entries(bands)) {
    judged.push([group, totalOf(lines, group as Group), band])
  }
  return judged
    .filter(([, usd, [least, most]]) => usd < least || usd > most)
    .map(([name, usd, [least, most]]) => `${name} is ${usd.toFixed(2)}, outside ${least}-${most}`)
}
