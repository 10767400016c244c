import {
  csvRow,
  type FileContent,
  reportFileMax,
  type stockReportNames,
  valuationFileMax,
} from '@janta/contracts'
import type { Day } from '#kernel/day'
import { findPacks, type Reader } from '#modules/catalogue'
import { findLostDemand } from './find-lost-demand.ts'
import { findSlowMovers } from './find-slow-movers.ts'
import { findStockOuts } from './find-stock-outs.ts'
import { valueBatches, valueStock } from './value-stock.ts'

type ReportName = (typeof stockReportNames)[number]

interface Asked {
  readonly report: ReportName
  readonly days?: number | undefined
  readonly day?: Day | undefined
}

const reports = {
  slow_movers: findSlowMovers,
  stock_outs: findStockOuts,
  lost_demand: findLostDemand,
} as const

/**
 * A report whole, at most `reportFileMax` rows, as CSV with its columns named as the API names them. A valuation is of
 * the end of `day`, batch by batch, and its last row is what `valueStock` says.
 */
export async function stockReportFile(db: Reader, asked: Asked): Promise<FileContent> {
  if (asked.report === 'valuation') return valuationFile(db, asked.day)
  const found = await reports[asked.report](db, { days: asked.days, limit: reportFileMax })
  return csvFile(`${asked.report.replace('_', '-')}-${found.days}-days.csv`, found.items)
}

async function valuationFile(db: Reader, day: Day | undefined): Promise<FileContent> {
  const total = await valueStock(db, day)
  const batches = await valueBatches(db, total.day, valuationFileMax)
  const packs = await findPacks(
    db,
    batches.map(one => one.packId),
  )
  const rows = batches.map(({ packId, ...one }) => ({
    medicine: packs.get(packId)?.name ?? '',
    ...one,
  }))
  const sum = (of: (one: (typeof rows)[number]) => number) =>
    rows.reduce((all, one) => all + of(one), 0)
  const last = (
    medicine: string,
    rest: { units: number; costPaise: number; mrpPaise: number },
  ) => ({
    medicine,
    batchId: '',
    batchNumber: '',
    expiry: '',
    unitsPerPack: '',
    ...rest,
  })
  const beyond = total.batches - rows.length
  const others = last(`${beyond} other batches`, {
    units: total.units - sum(one => one.units),
    costPaise: total.costPaise - sum(one => one.costPaise ?? 0),
    mrpPaise: total.mrpPaise - sum(one => one.mrpPaise),
  })
  const { units, costPaise, mrpPaise } = total
  const whole = last(`All ${total.batches} batches`, { units, costPaise, mrpPaise })
  const columns = [
    'medicine',
    'batchNumber',
    'expiry',
    'units',
    'unitsPerPack',
    'costPaise',
    'mrpPaise',
    'batchId',
  ]
  return csvFile(
    `valuation-${total.day}.csv`,
    [...rows, ...(beyond > 0 ? [others] : []), whole],
    columns,
  )
}

function csvFile(
  name: string,
  rows: readonly Readonly<Record<string, string | number | null>>[],
  columns: readonly string[] = Object.keys(rows[0] ?? {}),
): FileContent {
  const lines = rows.map(row => csvRow(columns.map(column => String(row[column] ?? ''))))
  // The mark tells a spreadsheet that names in Hindi are UTF-8.
  const text = `\uFEFF${columns.length > 0 ? csvRow(columns) : ''}${lines.join('')}`
  return {
    name,
    contentType: 'text/csv; charset=utf-8',
    base64: Buffer.from(text).toString('base64'),
  }
}
