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
export { findPackIdentities, type PackIdentityFacts } from './find-pack-identities.ts'
export { findTaxRates, type TariffRate } from './find-tax-rates.ts'
export { hasPacks } from './has-packs.ts'
export { type ImportReport, type ImportRequest, importCatalogue } from './import-catalogue.ts'
export { catalogueCommands } from './import-command.ts'
export { catalogueDesk, type DeskPorts } from './desk.ts'
export { loadSampleCatalogue } from './load-sample-catalogue.ts'
export { type CatalogueChanges, findChangedPacks } from './find-changed-packs.ts'
export { type ListedPackRow, readListedPacks, readListedPacksOf } from './read-listed-packs.ts'
export { type LawOfKey, readSaleLaw, type SaleLaw } from './sale-law.ts'
export { recordSeenMrp } from './record-seen-mrp.ts'
export { announceSent } from './announce-sent.ts'
export { checkPicture, loadSharp, openingPicture } from './check-picture.ts'
export { catalogue } from './routes.ts'
export { mayPromote } from './sale-decision.ts'
export { deliveryObstacleOf, mayWaitInCart, type SaleTerms } from './sale-terms.ts'
export { sellingPricePaise } from './selling-price.ts'
export type { Language } from './sale-sentence.ts'
export { janAushadhiRow } from './jan-aushadhi.ts'
export { headingKey, listHeadings, listRowOf } from './list-fields.ts'
export { type ListedPack, readListRow, type Remark } from './listed-pack.ts'
export { type ListedCeiling, standCeilings, storeListedCeilings } from './listed-ceilings.ts'
export { type CeilingRow, type ReadCeiling, readCeiling } from './read-ceiling.ts'
export { readRupees } from './read-money.ts'
export { seenPacks } from './seen-packs.ts'
export { noKnownIds, remember, storePacks } from './store-packs.ts'
export {
  matchPacks,
  type PackMatch,
  storeSupplierPrices,
  type SupplierPrice,
} from './supplier-prices.ts'
export { findKeptChanges, undoImportChanges } from './undo-import.ts'
export { findKeptCeilings, undoListedCeilings } from './undo-ceilings.ts'
