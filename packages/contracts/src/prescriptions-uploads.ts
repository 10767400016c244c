import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Cursor, Id, Instant, Limit, oneOf } from './shapes.ts'

const mine = { tag: 'prescriptions', permission: 'signed_in', ownership: 'person' } as const
const usual = ['malformed_request', 'sign_in_needed'] as const
const keyed = ['idempotency_key_missing', 'idempotency_key_reused'] as const

/** What a file of a prescription may be. HEIC is not: a phone sends JPEG when the page asks for it. */
export const uploadTypes = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const
export type UploadType = (typeof uploadTypes)[number]
export const uploadBytesMax = 15 * 1024 * 1024
/** Files of one session. */
export const uploadFilesMax = 10

/**
 * `awaiting`: a form was given, no file arrived yet. `lapsed`: none came before the session ended. `withdrawn`: the
 * customer took it back before it was used.
 */
export const uploadStates = [
  'awaiting',
  'checking',
  'ready',
  'refused',
  'lapsed',
  'withdrawn',
] as const
export type UploadStateName = (typeof uploadStates)[number]

/** Why a file was not taken; the screens say each in words with what to do next. */
export const uploadRefusals = [
  'missing',
  'empty',
  'too_large',
  'unknown_type',
  'heic',
  'svg',
  'two_things_at_once',
  'damaged',
  'too_small',
  'too_many_pixels',
  'too_many_pages',
  'locked',
  'too_heavy',
  'infected',
] as const
export type UploadRefusal = (typeof uploadRefusals)[number]

/** Three sizes of each page: for a list, for a screen, and all of it for reading a doctor's hand. */
export const pageSizes = ['small', 'screen', 'whole'] as const
export type PageSize = (typeof pageSizes)[number]

export const UploadPage = Type.Object({
  page: Type.Integer({ minimum: 1 }),
  width: Type.Integer(),
  height: Type.Integer(),
  /** Hints for whoever took the picture, never a reason to refuse it. */
  isDark: Type.Boolean(),
  isBlurred: Type.Boolean(),
})
export type UploadPage = Static<typeof UploadPage>

export const UploadView = Type.Object({
  /** "Pharmacist A. Sample"; only those of the pharmacy are named, and only they look. */
  by: Type.String(),
  reason: oneOf(['prepared', 'review', 'dispensing', 'inspection', 'complaint'] as const),
  at: Instant,
})
export type UploadView = Static<typeof UploadView>

export const Upload = Type.Object({
  id: Id,
  position: Type.Integer({ minimum: 1 }),
  state: oneOf(uploadStates),
  refusal: Type.Union([oneOf(uploadRefusals), Type.Null()]),
  /** True once a pharmacist's review rests on it: it can no longer be taken back. */
  isUsed: Type.Boolean(),
  pages: Type.Array(UploadPage),
  views: Type.Array(UploadView, { description: 'The last looks of the pharmacy, newest first' }),
})
export type Upload = Static<typeof Upload>

export const UploadSession = Type.Object({
  id: Id,
  patientId: Type.Union([Id, Type.Null()]),
  startedAt: Instant,
  endsAt: Instant,
  /** False once its time is over or it has as many files as it may. */
  mayAdd: Type.Boolean(),
  uploads: Type.Array(Upload),
})
export type UploadSession = Static<typeof UploadSession>

export const startUploadSession = endpoint({
  ...mine,
  method: 'POST',
  path: '/upload-sessions',
  summary: 'Begin to send a prescription: several photos or PDFs, each by itself',
  status: 201,
  audit: 'prescriptions.upload_session_started',
  idempotent: true,
  body: Type.Object({ patientId: Type.Optional(Id) }, { additionalProperties: false }),
  reply: UploadSession,
  refusals: [...usual, ...keyed, 'not_found', 'too_many_requests'],
})

export const listMyUploadSessions = endpoint({
  ...mine,
  method: 'GET',
  path: '/upload-sessions',
  summary: 'What I sent, newest first, and who of the pharmacy looked at it',
  status: 200,
  audit: 'none',
  query: Type.Object({ limit: Limit, after: Cursor }),
  reply: Type.Object({
    items: Type.Array(UploadSession),
    next: Type.Union([Type.String(), Type.Null()]),
  }),
  refusals: usual,
})

export const getMyUploadSession = endpoint({
  ...mine,
  method: 'GET',
  path: '/upload-sessions/:id',
  summary: 'One session with the state of each file',
  status: 200,
  audit: 'none',
  params: Type.Object({ id: Id }),
  reply: UploadSession,
  refusals: [...usual, 'not_found'],
})

export const requestUpload = endpoint({
  ...mine,
  method: 'POST',
  path: '/upload-sessions/:id/uploads',
  summary:
    'Ask for a form that sends one file straight to the file store; the same key again gives a fresh form',
  status: 201,
  audit: 'prescriptions.upload_requested',
  idempotent: true,
  params: Type.Object({ id: Id }),
  body: Type.Object({ contentType: oneOf(uploadTypes) }, { additionalProperties: false }),
  reply: Type.Object({
    id: Id,
    /** Post the fields, all of them, then the file as `file`; the store checks its type and size by the form. */
    url: Type.String(),
    fields: Type.Record(Type.String(), Type.String()),
    bytesMax: Type.Integer(),
    formSeconds: Type.Integer(),
  }),
  refusals: [
    ...usual,
    ...keyed,
    'not_found',
    'upload_session_ended',
    'upload_limit_reached',
    'upload_state_forbids',
  ],
})

export const finishUpload = endpoint({
  ...mine,
  method: 'POST',
  path: '/uploads/:id/sent',
  summary: 'Say that the file arrived; it is checked now. Said twice it is one',
  status: 201,
  audit: 'prescriptions.upload_sent',
  params: Type.Object({ id: Id }),
  reply: Upload,
  refusals: [...usual, 'not_found', 'upload_session_ended', 'upload_state_forbids'],
})

export const withdrawUpload = endpoint({
  ...mine,
  method: 'POST',
  path: '/uploads/:id/withdrawal',
  summary: 'Take a file back that no review rests on; it is erased',
  status: 201,
  audit: 'prescriptions.upload_withdrawn',
  params: Type.Object({ id: Id }),
  reply: Upload,
  refusals: [...usual, 'not_found', 'upload_in_use', 'upload_state_forbids'],
})

export const PageLink = Type.Object({
  /** Good for the same signed-in person and some seconds only. */
  urls: Type.Object({ small: Type.String(), screen: Type.String(), whole: Type.String() }),
  seconds: Type.Integer(),
})
export type PageLink = Static<typeof PageLink>

export const viewMyUpload = endpoint({
  ...mine,
  method: 'POST',
  path: '/uploads/:id/views',
  summary: 'Look at a page of my own: addresses that last some seconds',
  status: 201,
  audit: 'prescriptions.upload_viewed',
  params: Type.Object({ id: Id }),
  body: Type.Object(
    { page: Type.Integer({ minimum: 1, maximum: 100 }) },
    { additionalProperties: false },
  ),
  reply: PageLink,
  refusals: [...usual, 'not_found'],
})

/** The endpoints of this file by operation id. */
export const prescriptionUploads = {
  startUploadSession,
  listMyUploadSessions,
  getMyUploadSession,
  requestUpload,
  finishUpload,
  withdrawUpload,
  viewMyUpload,
}
