/** The medicine's page: other brands, who says what about it, and its pictures. */
export const medicine = {
  saves: (amount: string, percent: number) => `${amount} less (${percent}%)`,
  savesUnit: (amount: string, unit: string) => `${amount} less a ${unit}`,
  janAushadhi: 'Jan Aushadhi',
  janAushadhiText: 'Sold at Jan Aushadhi Kendras only; shown so that you can compare.',
  cheaper: (amount: string) => `Same medicine, ${amount} less for as much`,
  compareOnly: 'For your information',
  controlled: 'Price under government control: the MRP may not be above the notified ceiling.',
  cautions: 'What to know',
  source: 'Source',
  checkedOn: (day: string) => `read on ${day}`,
  reportSideEffect: 'Report a side effect',
  photos: 'Pictures of the pack',
}
