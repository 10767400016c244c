import { csvRow, type FileContent, reportFileMax, type stockReportNames } from '@janta/contracts'
import type { Reader } from '#modules/catalogue'
import { findLostDemand } from './find-lost-demand.ts'
import { findSlowMovers } from './find-slow-movers.ts'
import { findStockOuts } from './find-stock-outs.ts'

type ReportName = (typeof stockReportNames)[number]

const reports = {
  slow_movers: findSlowMovers,
  stock_outs: findStockOuts,
  lost_demand: findLostDemand,
} as const satisfies Record<ReportName, unknown>

/** A report whole, at most `reportFileMax` rows, as CSV with its columns named as the API names them. */
export async function stockReportFile(
  db: Reader,
  { report, days }: { report: ReportName; days?: number | undefined },
): Promise<FileContent> {
  const found = await reports[report](db, { days, limit: reportFileMax })
  const rows: readonly object[] = found.items
  const heads = Object.keys(rows[0] ?? {})
  const lines = rows.map(row => csvRow(Object.values(row).map(value => String(value ?? ''))))
  // The mark tells a spreadsheet that names in Hindi are UTF-8.
  const text = `\uFEFF${heads.length > 0 ? csvRow(heads) : ''}${lines.join('')}`
  return {
    name: `${report.replace('_', '-')}-${found.days}-days.csv`,
    contentType: 'text/csv; charset=utf-8',
    base64: Buffer.from(text).toString('base64'),
  }
}
