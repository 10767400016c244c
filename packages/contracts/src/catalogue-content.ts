import { type Static, Type } from 'typebox'
import { Citation } from './catalogue-desk.ts'
import { endpoint } from './endpoint.ts'
import { Cursor, Day, Instant, oneOf } from './shapes.ts'

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

export const noteKinds = ['caution', 'storage', 'side_effects'] as const
export type NoteKind = (typeof noteKinds)[number]
/** What each kind of sentence may be about: a schedule, a way of keeping, or every medicine. */
export const noteSubjects = {
  caution: ['G', 'H', 'H1'],
  storage: ['room', 'cool', 'cold', 'frozen'],
  side_effects: ['any'],
} as const satisfies Record<NoteKind, readonly string[]>

/** A sentence of the product page as it was recorded once; the newest of its kind, subject and language stands. */
export const RecordedNote = Type.Object({
  id: Type.String(),
  kind: oneOf(noteKinds),
  subject: Type.String(),
  language: oneOf(['en', 'hi']),
  text: Type.String(),
  citation: Type.String(),
  url: Type.Union([Type.String(), Type.Null()]),
  author: Type.String(),
  reviewedOn: Day,
  recordedAt: Instant,
  stands: Type.Boolean(),
})
export type RecordedNote = Static<typeof RecordedNote>

export const listNotes = endpoint({
  ...staff,
  method: 'GET',
  path: '/catalogue/notes',
  summary: 'Every sentence of the product pages with its source, those that stand and those before',
  status: 200,
  permission: 'stock.view',
  audit: 'none',
  reply: Type.Object({ items: Type.Array(RecordedNote) }),
  refusals: guarded,
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
  refusals: [...guarded, 'rule_in_the_future', 'note_subject_wrong'],
})
