/**
 * Leaves a pharmacy's stock to chance for as long as you like, and proves its books after every round.
 *
 *   npm run bench -- simulate --hours=8 [--seed=N]     (one minute without hours)
 *
 * Ends with an error, naming the seed and the step, as soon as anything does not agree.
 */
import { parseArgs } from 'node:util'
import { testDatabase } from '../apps/server/src/kernel/testing.ts'
import { StockSimulation } from '../apps/server/test/stock-simulation.ts'

const { values } = parseArgs({
  options: { hours: { type: 'string', default: '0.0167' }, seed: { type: 'string' } },
})
const seed = Number(values.seed ?? Date.now() % 1_000_000_000)
const actors = 6
const packs = 12
const hourMs = 3_600_000
// A fresh pharmacy now and then, because the proof reads the whole ledger after each round.
const livesMs = 120_000
const end = performance.now() + Number(values.hours) * hourMs

for (let life = 0; performance.now() < end; life++) {
  const own = await testDatabase({ poolMax: 10 })
  try {
    const lifeEnd = Math.min(end, performance.now() + livesMs)
    const until = () => performance.now() > lifeEnd
    const options = { seed: seed + life, packs, actors, until }
    const ended = await new StockSimulation(own, options).run()
    process.stdout.write(
      `seed ${seed + life}: ${ended.steps} acts in ${ended.days} days, ${ended.issuedUnits} units issued, ` +
        `${ended.refused} refused, ${ended.crashes} crashes, books agree\n`,
    )
  } finally {
    await own.close()
  }
}
