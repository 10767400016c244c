import { Agent, get } from 'node:http'

const percentile = (list: number[], p: number) =>
  [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.ceil(p * list.length) - 1)] ?? 0
export const figures = (list: number[]) =>
  [0.5, 0.99, 1].map(p => percentile(list, p).toFixed(1)).join(' / ')
export const agent = new Agent({ keepAlive: true, maxSockets: 200 })

export type Answer = { status: number; ms: number; body: string }
export function ask(address: string): Promise<Answer> {
  const from = performance.now()
  return new Promise((resolve, reject) => {
    get(address, { agent }, response => {
      let body = ''
      response.setEncoding('utf8').on('data', part => {
        body += part
      })
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, ms: performance.now() - from, body }),
      )
      response.on('error', reject)
    }).on('error', reject)
  })
}

/** Asks at an even rate whatever the answers do, and tells how long each took and how many failed. */
export async function load(
  rate: number,
  seconds: number,
  address: (i: number) => string,
  midway: () => void = () => undefined,
) {
  const count = Math.round(rate * seconds)
  const from = performance.now()
  const answers: Promise<Answer>[] = []
  for (let i = 0; i < count; i++) {
    const wait = from + (i * 1_000) / rate - performance.now()
    if (wait > 1) await new Promise(resolve => setTimeout(resolve, wait))
    if (i === Math.floor(count / 2)) midway()
    answers.push(ask(address(i)).catch(() => ({ status: 0, ms: 0, body: '' })))
  }
  const all = await Promise.all(answers)
  const failed = all.filter(one => one.status !== 200).length
  return { ms: all.map(one => one.ms), failed, tookMs: performance.now() - from }
}
