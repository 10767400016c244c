import type { ListKinds } from './import-kind.ts'
import { catalogueList, janAushadhi } from './kind-medicines.ts'
import { pinCodes } from './kind-pin-codes.ts'
import { priceCeilings } from './kind-price-ceilings.ts'
import { supplierPrices } from './kind-supplier-prices.ts'

export const kinds: ListKinds = {
  catalogue_list: catalogueList,
  jan_aushadhi: janAushadhi,
  supplier_prices: supplierPrices,
  pin_codes: pinCodes,
  price_ceilings: priceCeilings,
}
