import { setTimeout as pause } from 'node:timers/promises'

const triesMax = 5
const answerMsMax = 10_000

/** Pages and data a customer sees first: both programs, the database and the search behind them. */
export const smokePaths = ['/', '/hi', '/api/v1/medicines?q=paracetamol&limit=1']

/** Asks the real site for each path, a few times; refuses with the first path that does not answer. */
export async function smoke(site: string, roundMs: number): Promise<void> {
  for (const place of smokePaths) {
    let said = ''
    for (let attempt = 1; attempt <= triesMax; attempt++) {
      said = await statusOf(new URL(place, site))
      if (said === '200') break
      await pause(roundMs)
    }
    if (said !== '200') throw new Error(`${place} answered ${said} after the release.`)
  }
}

async function statusOf(url: URL): Promise<string> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(answerMsMax) })
    await answer.body?.cancel()
    return String(answer.status)
  } catch (error) {
    return (error as Error).name
  }
}
