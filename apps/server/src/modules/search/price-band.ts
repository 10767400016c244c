import { priceBands } from '@janta/contracts'

const bandFloors = priceBands.map(band => Number(band.split('-')[0]) * 100)
export const bandUnknown = -1

/** The place in `priceBands` of a price in paise; `bandUnknown` when the price is not known. */
export function bandOf(pricePaise: number): number {
  if (pricePaise < 0) return bandUnknown
  let band = 0
  while (band + 1 < bandFloors.length && pricePaise >= (bandFloors[band + 1] as number)) band += 1
  return band
}
