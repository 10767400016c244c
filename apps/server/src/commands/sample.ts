import { loadSampleWeek } from '#modules/advisor'
import { loadSampleBilling } from '#modules/billing'
import { loadSampleCatalogue } from '#modules/catalogue'
import { loadPinCodes, loadSampleDelivery } from '#modules/delivery'
import { loadSamplePeople, loadSampleRegistration } from '#modules/identity'
import { loadSampleClinical } from '#modules/prescriptions'
import { defaultStore, loadSampleStock } from '#modules/stock'
import type { Command } from './command.ts'

export const sample: Command = {
  summary: 'load the sample pharmacy: invented brands, sample people, stock on the shelf',
  async run({ config, surroundings, say }) {
    if (config.mode === 'production') {
      say('The sample pharmacy is for trying things out; it is not loaded in production.')
      return 1
    }
    const { database } = surroundings
    await loadPinCodes(database)
    await loadSampleDelivery(database)
    const packIds = await loadSampleCatalogue(database)
    await loadSampleStock(database, packIds)
    await loadSampleBilling(database)
    await loadSampleWeek(database)
    const logins = await loadSamplePeople(database)
    await loadSampleRegistration(database, (await defaultStore(database.db)).id)
    await loadSampleClinical(database)
    say(`The sample pharmacy is ready: ${packIds.length} packs.`)
    say(JSON.stringify({ logins }))
    return 0
  },
}
