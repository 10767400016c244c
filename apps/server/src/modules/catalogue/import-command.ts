import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Surroundings } from '#kernel/module'
import { type ImportReport, importCatalogue } from './import-catalogue.ts'
import { UnreadableFile } from '#kernel/unreadable-file'

interface CommandContext {
  readonly args: readonly string[]
  readonly surroundings: Surroundings
  readonly say: (line: string) => void
  readonly progress?: ((line: string) => void) | undefined
}

const usage =
  'Usage: npm run janta -- catalogue import FILE.csv[.gz]|FILE.xlsx [--remarks FILE.csv]'

/** The catalogue's commands of the operator's CLI. */
export const catalogueCommands = {
  'catalogue import': {
    summary: 'import a CSV or XLSX list of medicines; rejected rows go to a file with reasons',
    run: runImport,
  },
} as const

async function runImport({ args, surroundings, say, progress }: CommandContext): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { remarks: { type: 'string' } },
    allowPositionals: true,
    strict: false,
  })
  const [path, ...more] = positionals
  if (path === undefined || more.length > 0) {
    say(usage)
    return 1
  }
  const remarksPath = resolve(
    typeof values.remarks === 'string' ? values.remarks : `${basename(path)}.remarks.csv`,
  )
  if (remarksPath === resolve(path)) {
    say('The remarks would overwrite the list itself. Name another file with --remarks.')
    return 1
  }
  try {
    const report = await importCatalogue(surroundings.database, {
      path,
      remarksPath,
      onProgress: progressBar(progress ?? say),
    })
    for (const line of reportLines(report, remarksPath)) say(line)
    return 0
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    say(error.message)
    say('Nothing was imported.')
    return 1
  }
}

const barWidth = 20

/** A line each twentieth of the way, so that a log of it stays short. */
export function progressBar(say: (line: string) => void) {
  let shown = -1
  return (done: number, inAll: number): void => {
    const filled = Math.floor((done * barWidth) / inAll)
    if (filled === shown) return
    shown = filled
    const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled)
    say(`${bar} ${done.toLocaleString('en-IN')} of ${inAll.toLocaleString('en-IN')} rows`)
  }
}

export function reportLines(report: ImportReport, remarksPath: string): string[] {
  const number = (count: number) => count.toLocaleString('en-IN')
  const each = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .sort(([, one], [, other]) => other - one)
      .map(([code, count]) => `  ${number(count).padStart(8)}  ${code}`)
  return [
    `Read ${number(report.rowsRead)} rows: ${number(report.rowsAccepted)} accepted, ${number(report.rowsRejected)} rejected.`,
    `Packs added ${number(report.packsAdded)}, changed ${number(report.packsChanged)}.`,
    ...(report.rowsRejected > 0 ? ['Rejected:', ...each(report.rejections)] : []),
    ...(Object.keys(report.notices).length > 0
      ? ['Imported with a notice:', ...each(report.notices)]
      : []),
    `Every one of these rows is in ${remarksPath} with its reason.`,
  ]
}
