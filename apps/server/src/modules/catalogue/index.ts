export { type CataloguePorts, type FindAvailability, findCards } from './find-cards.ts'
export { findPacks, type PackFacts, type Reader } from './find-packs.ts'
export { recordSeenMrp } from './record-price.ts'
export type { Language } from './sale-sentence.ts'
