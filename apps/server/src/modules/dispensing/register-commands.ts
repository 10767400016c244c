import { parseArgs } from 'node:util'
import { isMonth } from '#kernel/day'
import type { Surroundings } from '#kernel/module'
import { compareRegisters } from './compare-registers.ts'
import { verifyRegisters } from './verify-registers.ts'

interface CommandContext {
  readonly args: readonly string[]
  readonly surroundings: Surroundings
  readonly say: (line: string) => void
}

/** The registers' commands of the operator's CLI. */
export const registerCommands = {
  'registers verify': {
    summary: 'read the statutory registers against their chains; --month=YYYY-MM reads one month',
    run: runVerify,
  },
  'registers compare': {
    summary: 'make the registers of --month=YYYY-MM again from the dispensings and compare',
    run: runCompare,
  },
} as const

const usage = 'Usage: npm run janta -- registers verify|compare [--month=YYYY-MM]'

/** `null` for all of it, `undefined` for what is no month. */
function monthOf(args: readonly string[]): string | null | undefined {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { month: { type: 'string' } },
    allowPositionals: true,
    strict: false,
  })
  if (positionals.length > 0) return undefined
  if (values.month === undefined) return null
  return typeof values.month === 'string' && isMonth(values.month) ? values.month : undefined
}

async function runVerify({ args, surroundings, say }: CommandContext): Promise<number> {
  const month = monthOf(args)
  if (month === undefined) {
    say(usage)
    return 1
  }
  const { faults, heads, registers, entries } = await verifyRegisters(
    surroundings.database.db,
    month,
  )
  for (const fault of faults) say(`! ${fault}`)
  for (const head of heads) say(`Head: ${head}`)
  say(`${entries} entries in ${registers} registers, ${faults.length} faults.`)
  return faults.length === 0 ? 0 : 1
}

async function runCompare({ args, surroundings, say }: CommandContext): Promise<number> {
  const month = monthOf(args)
  if (!month) {
    say(usage)
    return 1
  }
  const { faults, dispensings } = await compareRegisters(surroundings.database.db, month)
  for (const fault of faults) say(`! ${fault}`)
  say(`${dispensings} dispensings of ${month} compared, ${faults.length} faults.`)
  return faults.length === 0 ? 0 : 1
}
