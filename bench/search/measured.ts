import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { openDatabase } from '../../apps/server/src/kernel/database.ts'
import { findEquivalents } from '../../apps/server/src/modules/catalogue/find-equivalents.ts'
import { getMedicine } from '../../apps/server/src/modules/catalogue/get-medicine.ts'
import { findAvailability } from '../../apps/server/src/modules/stock/index.ts'

const ticksPerSecond = 100

/** Seconds of processor a process has used so far, in its own code and in the kernel for it. */
export function processorSeconds(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

/** What a process holds of the machine's memory. */
export function residentKilobytes(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0)
}

/** Milliseconds that the ten cheapest of the same medicine took, asked for each of a thousand popular packs. */
export async function timeEquivalents(databaseUrl: string): Promise<number[]> {
  const database = openDatabase({ url: databaseUrl, poolMax: 1, readConnections: 1 })
  try {
    const { rows } = await sql<{ id: string }>`
      select id from catalogue.pack where comparable_drug_id is not null
      order by popularity desc, id limit 1000`.execute(database.reads)
    const took: number[] = []
    for (const { id } of rows) {
      const from = performance.now()
      await findEquivalents(database.reads, id)
      took.push(performance.now() - from)
    }
    return took
  } finally {
    await database.close()
  }
}

/** Milliseconds a server takes for the data of each page, without the way there: one process, one after the other. */
export async function timePageData(
  databaseUrl: string,
  packIds: readonly string[],
): Promise<number[]> {
  const database = openDatabase({ url: databaseUrl, poolMax: 1, readConnections: 2 })
  const { reads } = database
  const ports = { findAvailability: (ids: readonly string[]) => findAvailability(reads, ids) }
  try {
    const took: number[] = []
    for (const id of packIds) {
      const from = performance.now()
      await getMedicine(reads, { id, language: 'en' }, ports)
      took.push(performance.now() - from)
    }
    return took
  } finally {
    await database.close()
  }
}
