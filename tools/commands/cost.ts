import path from 'node:path'
import { projectDir } from '../project.ts'
import { runStep } from '../testing/step.ts'
import { stoppable } from '../testing/stoppable.ts'

const print = path.join(projectDir, 'infra', 'cost', 'print.ts')
const environments = process.argv.slice(2)

/** Prints the monthly bill of every environment, or of those named. */
await stoppable(stopping =>
  runStep({ name: 'cost', args: [print, ...environments], isShown: true }, stopping),
)
