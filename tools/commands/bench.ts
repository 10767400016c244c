import { existsSync, globSync } from 'node:fs'
import path from 'node:path'
import { projectDir } from '../project.ts'
import { runStep } from '../testing/step.ts'
import { stoppable } from '../testing/stoppable.ts'
import { Trouble } from '../trouble.ts'

/** Runs bench/<name>.ts with the arguments after it. */
async function bench(stopping: AbortSignal): Promise<boolean> {
  const [name = '', ...args] = process.argv.slice(2)
  const folder = path.join(projectDir, 'bench')
  const file = path.join(folder, `${name}.ts`)
  if (!/^[a-z0-9-]+$/.test(name) || !existsSync(file)) {
    const names = globSync('*.ts', { cwd: folder })
      .filter(one => !one.endsWith('.test.ts'))
      .map(one => path.basename(one, '.ts'))
      .toSorted()
    throw new Trouble(
      `Say which: npm run bench -- NAME, one of: ${names.join(', ') || '(none yet)'}`,
    )
  }
  return await runStep({ name: `bench ${name}`, args: [file, ...args], isShown: true }, stopping)
}

await stoppable(bench)
