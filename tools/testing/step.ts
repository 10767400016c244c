import { spawn } from 'node:child_process'
import { signal } from '../living-process.ts'
import { projectDir } from '../project.ts'
import { paint } from '../supervisor/say.ts'

export interface Step {
  name: string
  program?: string
  args: string[]
  cwd?: string
  env?: NodeJS.ProcessEnv
  /** Shown as it comes (tests); otherwise only when it failed (checks). */
  isShown?: boolean
}

/** Runs one step to its end with a line that says how it went and how long it took. */
export async function runStep(step: Step, stopping: AbortSignal): Promise<boolean> {
  return await timed(step.name, async () => {
    stopping.throwIfAborted()
    const child = spawn(step.program ?? process.execPath, step.args, {
      cwd: step.cwd ?? projectDir,
      env: step.env ?? process.env,
      detached: true,
      stdio: ['ignore', step.isShown ? 'inherit' : 'pipe', step.isShown ? 'inherit' : 'pipe'],
    })
    let words = ''
    child.stdout?.on('data', (part: Buffer) => (words += String(part)))
    child.stderr?.on('data', (part: Buffer) => (words += String(part)))
    const end = () => child.pid !== undefined && signal(-child.pid, 'SIGTERM')
    stopping.addEventListener('abort', end, { once: true })
    const code = await new Promise<number | null>((done, fail) => {
      child.once('error', fail)
      child.once('close', done)
    })
    stopping.removeEventListener('abort', end)
    stopping.throwIfAborted()
    if (code !== 0) process.stdout.write(words)
    return code === 0
  })
}

export async function timed(name: string, work: () => Promise<boolean>): Promise<boolean> {
  const startedAt = Date.now()
  const isGood = await work()
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
  console.log(
    isGood ? paint(32, `✔ ${name} (${seconds} s)`) : paint(31, `✖ ${name} (${seconds} s)`),
  )
  return isGood
}
