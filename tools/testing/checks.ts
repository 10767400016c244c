import { existsSync } from 'node:fs'
import path from 'node:path'
import type { App } from '../local/builds.ts'
import { runScript } from '../local/builds.ts'
import { projectDir } from '../project.ts'
import { runStep, timed } from './step.ts'

const apps: App[] = ['shop', 'counter']

/** Format, lint and types of everything; true when all are good. Each is run even if one fails. */
export async function runChecks(stopping: AbortSignal): Promise<boolean> {
  const results: boolean[] = []
  // The apps first: checking one writes the tsconfig that the linter reads for its files.
  for (const app of apps) {
    if (!existsSync(path.join(projectDir, 'apps', app, 'src'))) continue
    results.push(await timed(`types of the ${app}`, () => checkApp(app, stopping)))
  }
  results.push(
    await runStep({ name: 'format', program: installed('biome'), args: ['format'] }, stopping),
    await runStep({ name: 'lint', program: installed('oxlint'), args: ['--type-aware'] }, stopping),
    await runStep(
      { name: 'types', program: installed('tsc'), args: ['--noEmit', '-p', '.'] },
      stopping,
    ),
  )
  return results.every(isGood => isGood)
}

export function installed(program: string): string {
  return path.join(projectDir, 'node_modules', '.bin', program)
}

async function checkApp(app: App, signal: AbortSignal): Promise<boolean> {
  try {
    await runScript(app, 'check', { signal })
    return true
  } catch (error) {
    signal.throwIfAborted()
    console.log((error as Error).message)
    return false
  }
}
