import { api, type Status } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'
import { serve } from '#kernel/serve'
import { StatusBoard, type StatusOptions } from '#kernel/status'

const keptSeconds = 5
const keptStaleSeconds = 30

/** `/api/v1/status` for machines and `/api/status` for people: what works, part by part, without naming a machine. */
export function statusPage(app: FastifyInstance, options: StatusOptions): void {
  const board = new StatusBoard(options)
  serve(app, api.getStatus, async ({ answer }) => {
    answer.cache(keptSeconds, keptStaleSeconds)
    return board.read()
  })
  app.get('/api/status', { schema: { hide: true } }, async (_request, response) => {
    response.header('content-type', 'text/html; charset=utf-8')
    response.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
    return response.send(page(await board.read()))
  })
}

const words: Record<Status['state'], string> = {
  ok: 'Works',
  late: 'Slow',
  unreachable: 'Does not work',
  unknown: 'Not known yet',
}

function page(status: Status): string {
  const rows = status.components.map(
    one =>
      `<li class="${one.state}"><h2>${one.name} <b>${words[one.state]}</b></h2><p>${one.sentence}</p></li>`,
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Janta Pharmacy status</title>
<style>${style}</style><main><h1>Janta Pharmacy: ${words[status.state].toLowerCase()}</h1><ul>${rows.join('')}</ul>
<p><small>Release ${status.version}, looked at ${status.checkedAt}</small></p></main></html>`
}

const style = `body{font:16px/1.5 system-ui,sans-serif;background:#F7F8F5;color:#12211D;margin:0}
main{max-width:40rem;margin:auto;padding:1.5rem}ul{list-style:none;padding:0}
li{background:#fff;border:1px solid #d9e0dc;border-left:6px solid #0B5D4B;border-radius:8px;padding:.2rem 1rem;margin:.8rem 0}
li.late,li.unknown{border-left-color:#8a6100}li.unreachable{border-left-color:#9b1c1c}
h2{font-size:1rem;text-transform:capitalize}h2 b{float:right}small{color:#5D6F69}`
