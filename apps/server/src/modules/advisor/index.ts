import type { Measure, Module, Surroundings } from '#kernel/module'
import { foldSamples } from './fold-samples.ts'
import { measureAll } from './measure-all.ts'
import { pharmacyMeasures } from './pharmacy-figures.ts'
import { advisorRoutes } from './routes.ts'

export { advisorCommands } from './advise-command.ts'
export { loadSampleWeek } from './load-sample-week.ts'
export { recordSamples } from './record-samples.ts'

/** What was measured, kept for four weeks, and what follows from it. `measures` are those of the other modules. */
export function advisor(surroundings: Surroundings, measures: readonly Measure[] = []): Module {
  const all = [...pharmacyMeasures, ...measures]
  const taken = (every: Measure['everyMinutes']) => all.filter(one => one.everyMinutes === every)
  return {
    name: 'advisor',
    routes: app => advisorRoutes(app, surroundings),
    recurring: [
      {
        task: 'advisor.measure',
        pattern: '* * * * *',
        run: database => measureAll(database, taken(1)),
      },
      {
        // A job of its own: one that starts late, fails once or finds no worker still measures within the hour, and an
        // hour nobody measured rings.
        task: 'advisor.measure_hourly',
        pattern: '0 * * * *',
        makesUpMinutes: 60,
        run: database => measureAll(database, taken(60)),
      },
      { task: 'advisor.fold_samples', pattern: '3 * * * *', run: foldSamples },
    ],
  }
}
