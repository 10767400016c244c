import {
  client,
  exportStockReport,
  listLostDemand,
  listSlowMovers,
  listStockOuts,
} from '@janta/contracts'
import { send } from './api.ts'
import { saveFile } from './send-file.ts'

const endpoints = { exportStockReport, listLostDemand, listSlowMovers, listStockOuts }

/** What the reports over a period ask of the API, apart from what every page of the store downloads. */
export const reportsApi = client(endpoints, '', send)

type Asked = Parameters<typeof reportsApi.exportStockReport>[0]['query']

/** Saves a report whole as CSV; answers the file's name. */
export async function saveStockReport(query: Asked): Promise<string> {
  const { name, contentType, base64 } = await reportsApi.exportStockReport({ query })
  const bytes = Uint8Array.from(atob(base64), one => one.charCodeAt(0))
  saveFile(name, new Blob([bytes], { type: contentType }))
  return name
}
