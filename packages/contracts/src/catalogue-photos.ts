import { type Static, Type } from 'typebox'
import { MedicinePhoto } from './catalogue.ts'
import { Reason } from './catalogue-desk.ts'
import { endpoint } from './endpoint.ts'
import { photoFaults } from './photo-rules.ts'
import { Id, oneOf } from './shapes.ts'

const staff = { tag: 'catalogue', ownership: 'none', permission: 'catalogue.manage' } as const
const guarded = ['malformed_request', 'sign_in_needed', 'not_allowed'] as const

export const PhotoState = Type.Object({
  id: Id,
  state: oneOf(['awaiting', 'ready', 'refused', 'withdrawn']),
  /** Why the picture was not taken, for whoever sent it. */
  refusal: Type.Union([oneOf(photoFaults), Type.Null()]),
  photo: Type.Union([MedicinePhoto, Type.Null()]),
})
export type PhotoState = Static<typeof PhotoState>

export const requestPhotoUpload = endpoint({
  ...staff,
  method: 'POST',
  path: '/catalogue/medicines/:id/photos',
  summary: 'Ask for a place to send one picture of a pack to',
  status: 201,
  audit: 'catalogue.photo_requested',
  params: Type.Object({ id: Id }),
  body: Type.Object(
    { description: Type.String({ minLength: 3, maxLength: 200 }) },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    id: Id,
    url: Type.String(),
    /** Send the form of the file's type as multipart form data: its fields first, then `file`. */
    forms: Type.Array(
      Type.Object({
        contentType: Type.String(),
        fields: Type.Record(Type.String(), Type.String()),
      }),
    ),
    bytesMax: Type.Integer(),
  }),
  refusals: [...guarded, 'not_found', 'photo_limit_reached'],
})

export const checkPhoto = endpoint({
  ...staff,
  method: 'POST',
  path: '/catalogue/photos/:id/check',
  summary: 'Say that the picture was sent; it is looked at and its sizes are made',
  status: 201,
  audit: 'catalogue.photo_sent',
  params: Type.Object({ id: Id }),
  reply: PhotoState,
  refusals: [...guarded, 'not_found', 'photo_state_forbids'],
})

export const getPhoto = endpoint({
  ...staff,
  method: 'GET',
  path: '/catalogue/photos/:id',
  summary: 'How far a picture has come',
  status: 200,
  audit: 'none',
  params: Type.Object({ id: Id }),
  reply: PhotoState,
  refusals: [...guarded, 'not_found'],
})

export const withdrawPhoto = endpoint({
  ...staff,
  method: 'POST',
  path: '/catalogue/photos/:id/withdrawal',
  summary: 'Take a picture off the page',
  status: 201,
  audit: 'catalogue.photo_withdrawn',
  params: Type.Object({ id: Id }),
  body: Type.Object({ reason: Reason }, { additionalProperties: false }),
  reply: PhotoState,
  refusals: [...guarded, 'not_found', 'photo_state_forbids'],
})
