import { parseArgs } from 'node:util'
import type { Surroundings } from '#kernel/module'
import { adviceLines } from './advice-words.ts'
import { findAdvice } from './find-advice.ts'
import { thresholds } from './thresholds.ts'

interface CommandContext {
  readonly args: readonly string[]
  readonly surroundings: Surroundings
  readonly say: (line: string) => void
}

const usage = `Usage: npm run janta -- advise [--days ${thresholds.adviseDaysLeast}..${thresholds.windowDaysMost}] [--json]`

/** The advisor's commands of the operator's CLI. */
export const advisorCommands = {
  advise: {
    summary: 'say whether the measured load justifies growing, by which step and at what price',
    run: runAdvise,
  },
} as const

async function runAdvise({ args, surroundings, say }: CommandContext): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { days: { type: 'string' }, json: { type: 'boolean' } },
    allowPositionals: true,
    strict: false,
  })
  const days = Number(values.days ?? thresholds.windowDaysMost)
  const isDays =
    Number.isInteger(days) &&
    days >= thresholds.adviseDaysLeast &&
    days <= thresholds.windowDaysMost
  if (positionals.length > 0 || !isDays) {
    say(usage)
    return 1
  }
  const advice = await findAdvice(surroundings, days)
  for (const line of values.json ? [JSON.stringify(advice, null, 2)] : adviceLines(advice))
    say(line)
  return 0
}
