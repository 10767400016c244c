import { runChecks } from '../testing/checks.ts'
import { stoppable } from '../testing/stoppable.ts'

await stoppable(runChecks)
