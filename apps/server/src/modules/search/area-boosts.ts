const areasMax = 2000
const boostsMax = 5000

/** How much a medicine sells in one area (a PIN prefix), by ordinal. */
export class AreaBoosts {
  #areas = new Map<string, Map<number, number>>()

  of(area: string | undefined): ReadonlyMap<number, number> | undefined {
    return area === undefined ? undefined : this.#areas.get(area)
  }

  set(area: string, ordinal: number, popularity: number): void {
    let boosts = this.#areas.get(area)
    if (!boosts) {
      if (this.#areas.size >= areasMax) return
      boosts = new Map()
      this.#areas.set(area, boosts)
    }
    if (boosts.has(ordinal) || boosts.size < boostsMax) boosts.set(ordinal, popularity)
  }

  remove(ordinal: number): void {
    for (const boosts of this.#areas.values()) boosts.delete(ordinal)
  }

  forget(): void {
    this.#areas = new Map()
  }
}
