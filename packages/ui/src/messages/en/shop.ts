import { account } from './account.ts'
import { browse } from './browse.ts'
import { checkout } from './checkout.ts'
import { common } from './common.ts'
import { finding } from './finding.ts'
import { medicine } from './medicine.ts'
import { refusals } from './refusals.ts'

/** Every word of the shop in this language; one file, so that a phone fetches one language only. */
export const shop = { common, browse, finding, medicine, checkout, account, refusals }

export type ShopWords = import('../../i18n.ts').Translated<typeof shop>
