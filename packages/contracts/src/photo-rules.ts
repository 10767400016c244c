// Apart from the endpoints that take pictures, so that a page which shows one does not download those of another.

export const photoTypes = ['image/jpeg', 'image/png', 'image/webp'] as const

/** Why a picture that was sent was not kept. */
export const photoFaults = [
  'nothing_arrived',
  'too_large',
  'no_picture',
  'damaged',
  'too_many_pixels',
  'too_small',
] as const
export type PhotoFault = (typeof photoFaults)[number]
