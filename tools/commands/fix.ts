import { installed } from '../testing/checks.ts'
import { runStep } from '../testing/step.ts'
import { stoppable } from '../testing/stoppable.ts'

const args = ['format', '--write']
await stoppable(stopping =>
  runStep({ name: 'format', program: installed('biome'), args }, stopping),
)
