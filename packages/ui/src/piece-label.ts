/** So many of what a pack holds, as its label calls them: "55 tablets" of "strip of 10 tablets". */
export function pieceLabel(packLabel: string, units: number): string {
  const word = /tablet|capsule/i.exec(packLabel)?.[0].toLowerCase() ?? 'unit'
  return `${units} ${word}${units === 1 ? '' : 's'}`
}
