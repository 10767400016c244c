import path from 'node:path'
import { projectDir } from '../project.ts'
import { runStep } from '../testing/step.ts'
import { stoppable } from '../testing/stoppable.ts'

const check = path.join(projectDir, 'infra', 'check.ts')

/** Synthesizes the infrastructure without an account, runs every check on it and prints its bill. */
await stoppable(stopping =>
  runStep({ name: 'infrastructure', args: [check], isShown: true }, stopping),
)
