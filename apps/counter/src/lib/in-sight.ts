/** Scrolls the chosen one of a row that runs sideways into sight: a filter nobody sees is a list that misses things. */
export function inSight(chosen: HTMLElement): void {
  chosen.scrollIntoView({ block: 'nearest', inline: 'center' })
}
