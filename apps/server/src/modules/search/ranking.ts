// What ranks and counts a medicine before any word: columns by ordinal, read tens of thousands of times in one search.
import type { Carrier } from './carrier.ts'
import { withRoom } from './growable.ts'
import { bandOf } from './price-band.ts'
import { traitsOf } from './traits.ts'
import { discontinuedCost, outOfStockCost, popularityScore } from './weights.ts'

/** The other columns these are made of. */
export interface RankedBy {
  readonly form: ArrayLike<number>
  readonly pricePaise: ArrayLike<number>
  decision(ordinal: number): number
  isInStock(ordinal: number): boolean
  isDiscontinued(ordinal: number): boolean
}

export class Ranking {
  popularity = new Float32Array(0)
  /** Popularity on the scale of the scores, kept because logarithms are slow. */
  popularityScore = new Float32Array(0)
  /** The score of its popularity, less what nobody can be given now. */
  standing = new Float32Array(0)
  /** Form, price band, decision and stock in one cell, as `traits.ts` reads them. */
  traits = new Uint16Array(0)
  #listed = new Float32Array(0)
  #learned = new Float32Array(0)

  /** The popularity the catalogue gives. */
  setListed(ordinal: number, popularity: number): void {
    this.#listed[ordinal] = popularity
    this.#addUp(ordinal)
  }

  /** What our own orders add to it. */
  setLearned(ordinal: number, popularity: number): void {
    this.#learned[ordinal] = popularity
    this.#addUp(ordinal)
  }

  /** After any change of what the medicine is, costs, or how much of it there is. */
  settle(ordinal: number, by: RankedBy): void {
    const isInStock = by.isInStock(ordinal)
    this.traits[ordinal] = traitsOf({
      form: by.form[ordinal]!,
      band: bandOf(by.pricePaise[ordinal]!),
      decision: by.decision(ordinal),
      isInStock,
    })
    this.standing[ordinal] =
      this.popularityScore[ordinal]! -
      (by.isDiscontinued(ordinal) ? discontinuedCost : 0) -
      (isInStock ? 0 : outOfStockCost)
  }

  makeRoom(length: number): void {
    this.popularity = withRoom(this.popularity, length)
    this.popularityScore = withRoom(this.popularityScore, length)
    this.standing = withRoom(this.standing, length)
    this.traits = withRoom(this.traits, length)
    this.#listed = withRoom(this.#listed, length)
    this.#learned = withRoom(this.#learned, length)
  }

  carry(carrier: Carrier, count: number): void {
    this.popularity = carrier.cells(this.popularity, count)
    this.popularityScore = carrier.cells(this.popularityScore, count)
    this.standing = carrier.cells(this.standing, count)
    this.traits = carrier.cells(this.traits, count)
    this.#listed = carrier.cells(this.#listed, count)
    this.#learned = carrier.cells(this.#learned, count)
  }

  #addUp(ordinal: number): void {
    const value = Math.max(0, this.#listed[ordinal]! + this.#learned[ordinal]!)
    this.popularity[ordinal] = value
    this.popularityScore[ordinal] = popularityScore(value)
  }
}
