import { account } from './account.ts'
import { browse } from './browse.ts'
import { checkout } from './checkout.ts'
import { common } from './common.ts'
import { finding } from './finding.ts'
import { medicine } from './medicine.ts'

/** The words the shop's pages begin with; a phone fetches one language only, and refusals are said by the server. */
export const shop = { common, browse, finding, medicine, checkout, account }
