import type { Endpoint } from '@janta/contracts'
import { apiPrefix, api } from '@janta/contracts'
import type { FastifyInstance } from 'fastify'

/** `/api/openapi.json` for machines and `/api/docs` for people, both made from the declared endpoints. */
export function apiPage(app: FastifyInstance): void {
  app.get('/api/openapi.json', { schema: { hide: true } }, async (_request, response) => {
    response.header('cache-control', 'public, max-age=300')
    return app.swagger()
  })
  app.get('/api/docs', { schema: { hide: true } }, async (_request, response) => {
    response.header('content-type', 'text/html; charset=utf-8')
    response.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
    return response.send(page())
  })
}

function page(): string {
  const endpoints: [string, Endpoint][] = Object.entries(api)
  const tags = [...new Set(endpoints.map(([, { tag }]) => tag))]
  const sections = tags.map(tag => {
    const own = endpoints.filter(([, endpoint]) => endpoint.tag === tag)
    return `<h2 id="${tag}">${tag}</h2>${own.map(([name, one]) => article(name, one)).join('')}`
  })
  return `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Janta Pharmacy API</title>
<style>${style}</style><main><h1>Janta Pharmacy API</h1>
<p>Money is integer paise, quantities whole packs, days in Asia/Kolkata. Refusals are
<code>application/problem+json</code> with a stable <code>code</code>. The same for machines:
<a href="/api/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
<nav>${tags.map(tag => `<a href="#${tag}">${tag}</a>`).join(' ')}</nav>${sections.join('')}</main></html>`
}

function article(name: string, one: Endpoint): string {
  const parts = (['params', 'query', 'body'] as const)
    .filter(part => one[part])
    .map(part => `<dt>${part}</dt><dd>${schema(one[part])}</dd>`)
  const rows = [
    `<dt>who</dt><dd>${escape(one.permission)}</dd>`,
    ...(one.audit === 'none' ? [] : [`<dt>audit</dt><dd><code>${one.audit}</code></dd>`]),
    ...(one.idempotent ? ['<dt>header</dt><dd><code>Idempotency-Key</code>, a UUID</dd>'] : []),
    ...parts,
    `<dt>${one.status}</dt><dd>${schema(one.reply)}</dd>`,
    ...(one.refusals.length
      ? [`<dt>refuses</dt><dd>${one.refusals.map(code => `<code>${code}</code>`).join(' ')}</dd>`]
      : []),
  ]
  return `<article><h3><code class="verb">${one.method}</code> <code>${apiPrefix}${escape(one.path)}</code></h3>
<p>${escape(one.summary)} <small>${name}</small></p><dl>${rows.join('')}</dl></article>`
}

function schema(part: unknown): string {
  return `<details><summary>shape</summary><pre>${escape(JSON.stringify(part, null, 2))}</pre></details>`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

const style = `body{font:16px/1.5 system-ui,sans-serif;background:#F7F8F5;color:#12211D;margin:0}
main{max-width:60rem;margin:auto;padding:1.5rem}h1,h2{color:#0B5D4B}a{color:#0B5D4B}nav a{margin-right:.8rem}
article{background:#fff;border:1px solid #d9e0dc;border-radius:12px;padding:.2rem 1.2rem 1rem;margin:1rem 0}
h3{font-size:1rem}.verb{background:#0B5D4B;color:#fff;border-radius:6px;padding:.15rem .5rem}
dl{display:grid;grid-template-columns:6rem 1fr;gap:.35rem .8rem;margin:0}dt{color:#5D6F69}dd{margin:0}
pre{overflow:auto;background:#F7F8F5;padding:.8rem;border-radius:8px;font-size:.8rem}small{color:#5D6F69}`
