import type { Measure, Module, Surroundings } from '#kernel/module'
import { foldSamples } from './fold-samples.ts'
import { pharmacyMeasures } from './pharmacy-figures.ts'
import { advisorRoutes } from './routes.ts'

export { advisorCommands } from './advise-command.ts'
export { loadSampleWeek } from './load-sample-week.ts'
export { recordSamples } from './record-samples.ts'

/** What was measured, kept for four weeks, and what follows from it. `measures` are those of the other modules. */
export function advisor(surroundings: Surroundings, measures: readonly Measure[] = []): Module {
  const all = [...pharmacyMeasures, ...measures]
  return {
    name: 'advisor',
    routes: app => advisorRoutes(app, surroundings),
    recurring: [
      {
        task: 'advisor.measure',
        pattern: '* * * * *',
        run: async database => {
          const minute = Math.floor(Date.now() / 60_000)
          for (const { everyMinutes, measure } of all) {
            if (minute % everyMinutes === 0) await measure(database)
          }
        },
      },
      { task: 'advisor.fold_samples', pattern: '3 * * * *', run: foldSamples },
    ],
  }
}
