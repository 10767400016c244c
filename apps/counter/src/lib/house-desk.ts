import {
  client,
  endDuty,
  endRegistration,
  getDuty,
  getStoreRule,
  listDecidedReviews,
  listPharmacists,
  listStores,
  registerPharmacist,
  revokePrescription,
  setStoreRule,
  startDuty,
} from '@janta/contracts'
import type { Translated } from '@janta/ui/i18n.ts'
import { send } from './api.ts'
import { language } from './language.svelte.ts'
import { house as english } from './messages/en/house.ts'
import { house as hindi } from './messages/hi/house.ts'

/** What the pages about people and rules of the house ask, apart from what every desk downloads. */
export const houseApi = client(
  {
    endDuty,
    endRegistration,
    getDuty,
    getStoreRule,
    listDecidedReviews,
    listPharmacists,
    listStores,
    registerPharmacist,
    revokePrescription,
    setStoreRule,
    startDuty,
  },
  '',
  send,
)

/** The words of these pages in the language of this device; read inside `$derived`. */
export function houseWords(): Translated<typeof english> {
  return language.locale === 'hi' ? hindi : english
}
