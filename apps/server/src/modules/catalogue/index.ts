export {
  type CardFacts,
  cardOf,
  type CataloguePorts,
  type FindAvailability,
  findCards,
  mayShowPrice,
} from './find-cards.ts'
export { findMedicines, type MedicineQuery } from './find-medicines.ts'
export { findPacks, type PackFacts, type Reader } from './find-packs.ts'
export { type ImportReport, type ImportRequest, importCatalogue } from './import-catalogue.ts'
export { catalogueCommands } from './import-command.ts'
export { catalogueDesk, type DeskPorts } from './desk.ts'
export { loadSampleCatalogue } from './load-sample-catalogue.ts'
export { type CatalogueChanges, findChangedPacks } from './find-changed-packs.ts'
export { type ListedPackRow, readListedPacks, readListedPacksOf } from './read-listed-packs.ts'
export { readSaleLaw } from './sale-law.ts'
export { recordSeenMrp } from './record-price.ts'
export { catalogue } from './routes.ts'
export { mayPromote } from './sale-decision.ts'
export { sellingPricePaise } from './selling-price.ts'
export type { Language } from './sale-sentence.ts'
