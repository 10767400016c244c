import { findPackIdentities, findPacks } from '#modules/catalogue'
import { openSampleReviews } from '#modules/prescriptions'
import { defaultStore, findStockedPackIds } from '#modules/stock'
import type { Command } from './command.ts'

type Reader = Parameters<typeof findPackIdentities>[0]

const linesWanted = 3
const candidatesMax = 200

export const samplePrescriptions: Command = {
  summary:
    'put what sample customers sent before the review desk, as orders of three prescription medicines (not in production)',
  async run({ config, surroundings, say }) {
    if (config.mode === 'production') {
      say('This is for trying the review desk out; it does nothing in production.')
      return 1
    }
    const { database } = surroundings
    const packs = await findPacks(database.reads, await findStockedPackIds(database.reads))
    const candidates = [...packs.values()]
      .filter(pack => pack.decision === 'prescription' && pack.schedules.includes('H'))
      .filter(pack => pack.form === 'tablet')
      .toSorted((one, other) => (one.name < other.name ? -1 : 1))
      .slice(0, candidatesMax)
      .map(pack => pack.id)
    const packIds = await chooseDifferent(database.reads, candidates)
    if (packIds.length < linesWanted) {
      say('The shelf holds too few prescription medicines. Load the sample pharmacy first.')
      return 1
    }
    const { id: storeId } = await defaultStore(database.reads)
    const opened = await openSampleReviews(database, { storeId, packIds })
    say(`${opened} prescriptions wait at the review desk.`)
    return 0
  },
}

/** Packs that share no substance, in the order given: an order a doctor would have meant. */
async function chooseDifferent(db: Reader, packIds: readonly string[]): Promise<string[]> {
  const identities = await findPackIdentities(db, packIds)
  const taken = new Set<string>()
  const chosen = packIds.filter(id => {
    const substances = identities.get(id)?.substances ?? []
    if (substances.length === 0 || substances.some(name => taken.has(name))) return false
    for (const name of substances) taken.add(name)
    return true
  })
  return chosen.slice(0, linesWanted)
}
