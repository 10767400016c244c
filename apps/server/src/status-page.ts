import { api, type Status } from '@janta/contracts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { serve } from '#kernel/serve'
import { StatusBoard, type StatusOptions } from '#kernel/status'
import { statusStyle } from './status-style.ts'
import { type StatusLocale, statusWords } from './status-words.ts'

const keptSeconds = 5
const keptStaleSeconds = 30

/** `/api/v1/status` for machines and `/api/status` for people: what works, part by part, without naming a machine. */
export function statusPage(app: FastifyInstance, options: StatusOptions): void {
  const board = new StatusBoard(options)
  serve(app, api.getStatus, async ({ answer }) => {
    answer.cache(keptSeconds, keptStaleSeconds)
    return board.read()
  })
  app.get('/api/status', { schema: { hide: true } }, async (request, response) => {
    response.header('content-type', 'text/html; charset=utf-8')
    response.header('vary', 'accept-language')
    response.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
    return response.send(statusHtml(await board.read(), localeOf(request)))
  })
}

/** The language that was chosen, else the one the browser prefers. */
function localeOf(request: FastifyRequest): StatusLocale {
  const { lang } = request.query as { lang?: unknown }
  if (lang === 'hi' || lang === 'en') return lang
  return /^\s*hi\b/i.test(request.headers['accept-language'] ?? '') ? 'hi' : 'en'
}

/** Complete in itself: it needs neither the shop nor a file, which may be what is down. */
export function statusHtml(status: Status, locale: StatusLocale): string {
  const words = statusWords[locale]
  const headline = words.headline[status.state]
  const rows = status.components.map(
    ({ name, state }) => `<li class="${state}">
<h2>${words.part[name].name}</h2><b>${mark(state)}${words.state[state]}</b>
<p>${words.part[name][state]}</p></li>`,
  )
  return `<!doctype html><html lang="${locale}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${headline} | ${words.pharmacy}</title><style>${statusStyle}</style>
<header><a href="${locale === 'hi' ? '/hi' : '/'}">${words.pharmacy}</a>
<a href="?lang=${words.other.locale}" lang="${words.other.locale}" hreflang="${words.other.locale}">${words.other.name}</a></header>
<main><section class="${status.state}">${mark(status.state)}<div><h1>${headline}</h1><p>${words.meaning[status.state]}</p></div></section>
<ul>${rows.join('')}</ul>
<footer><span><time datetime="${status.checkedAt}">${words.looked(indianTime(status.checkedAt))}</time> · ${words.release(status.version)}</span>
<a href="?lang=${locale}">${words.again}</a></footer></main></html>`
}

const indianTime = (at: string) =>
  new Intl.DateTimeFormat('en-IN', {
    timeZone: 'Asia/Kolkata',
    hour: 'numeric',
    minute: '2-digit',
    hourCycle: 'h12',
  }).format(new Date(at))

const strokes: Record<Status['state'], string> = {
  ok: 'M5 12.5l4.5 4.5L19 7.5',
  late: 'M12 3.5a8.5 8.5 0 1 0 .01 0M12 8v4.5l3 1.5',
  unreachable: 'M7 7l10 10M17 7L7 17',
  unknown: 'M7 12h.01M12 12h.01M17 12h.01',
}

/** The state as a form, too: colour alone tells some people nothing. */
const mark = (state: Status['state']) =>
  `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${strokes[state]}"/></svg>`
