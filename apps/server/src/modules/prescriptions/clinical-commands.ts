import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import type { Surroundings } from '#kernel/module'
import { UnreadableFile } from '#kernel/unreadable-file'
import { importClinicalList } from './import-clinical-list.ts'

interface CommandContext {
  readonly args: readonly string[]
  readonly surroundings: Surroundings
  readonly say: (line: string) => void
}

const usage =
  'Usage: npm run janta -- clinical import FILE.csv --by "NAME, REGISTRATION of the pharmacist who answers for it"'
const listsMax = 50

/** The operator's commands for the clinical checks. */
export const clinicalCommands = {
  'clinical import': {
    summary: 'bring in the pharmacist’s list of clinical checks; the one before is kept',
    run: runImport,
  },
  'clinical versions': {
    summary: 'show the lists of clinical checks, the one in force first',
    run: showVersions,
  },
} as const

async function runImport({ args, surroundings, say }: CommandContext): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { by: { type: 'string' } },
    allowPositionals: true,
    strict: false,
  })
  const [path, ...more] = positionals
  const confirmedBy = typeof values.by === 'string' ? values.by.trim() : ''
  if (path === undefined || more.length > 0 || confirmedBy === '' || confirmedBy.length > 120) {
    say(usage)
    return 1
  }
  try {
    const list = await importClinicalList(surroundings.database, { path, confirmedBy })
    say(
      list.isSame
        ? `List ${list.number} says exactly this already. Nothing was changed.`
        : `List ${list.number} with ${list.rules} rules counts from now on.`,
    )
    return 0
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    say(error.message)
    return 1
  }
}

async function showVersions({ surroundings, say }: CommandContext): Promise<number> {
  const { rows } = await sql<{
    number: number
    day: string
    rules: number
    by: string
    name: string
  }>`
    select number, (imported_at at time zone 'Asia/Kolkata')::date as day, jsonb_array_length(rules) as rules,
      confirmed_by as by, file_name as name
    from prescriptions.clinical_list order by number desc limit ${listsMax}`.execute(
    surroundings.database.reads,
  )
  if (rows.length === 0) say('No list was brought in yet: nothing is checked.')
  for (const { number, day, rules, by, name } of rows) {
    say(`${number}  ${day}  ${rules} rules  ${name}  ${by}`)
  }
  return 0
}
