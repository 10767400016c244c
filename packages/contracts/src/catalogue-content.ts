import { type Static, Type } from 'typebox'
import { Citation } from './catalogue-desk.ts'
import { endpoint } from './endpoint.ts'
import { Cursor, Day, oneOf } from './shapes.ts'

const staff = { tag: 'catalogue', ownership: 'none' } as const
const guarded = ['malformed_request', 'sign_in_needed', 'not_allowed'] as const

export const SitemapPage = Type.Object({
  items: Type.Array(Type.Object({ path: Type.String(), changedOn: Day })),
  next: Type.Union([Type.String(), Type.Null()]),
})
export type SitemapPage = Static<typeof SitemapPage>

export const listSitemap = endpoint({
  method: 'GET',
  path: '/sitemap/medicines',
  summary: 'Pages of medicines a search engine may list, a thousand looked at a time',
  tag: 'catalogue',
  status: 200,
  permission: 'public',
  ownership: 'none',
  audit: 'none',
  query: Type.Object({ after: Cursor }),
  reply: SitemapPage,
  refusals: ['malformed_request'],
})

export const recordNote = endpoint({
  ...staff,
  method: 'POST',
  path: '/catalogue/notes',
  summary: 'Replace a sentence of the product page by a newer one with its source',
  status: 201,
  permission: 'catalogue.classify',
  audit: 'catalogue.note_recorded',
  body: Type.Object(
    {
      kind: oneOf(['caution', 'storage', 'side_effects']),
      subject: oneOf(['G', 'H', 'H1', 'room', 'cool', 'cold', 'frozen', 'any']),
      language: oneOf(['en', 'hi']),
      text: Type.String({ minLength: 10, maxLength: 600 }),
      citation: Citation,
      url: Type.Optional(Type.String({ pattern: '^https://[^\\s]+$', maxLength: 300 })),
      reviewedOn: Day,
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ id: Type.String() }),
  refusals: [...guarded, 'rule_in_the_future'],
})
