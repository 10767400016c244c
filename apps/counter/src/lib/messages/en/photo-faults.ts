import type { PhotoFault } from '@janta/contracts'

/** Why a picture that was sent was not kept, and what to do. */
export const photoFaults: Readonly<Record<PhotoFault, string>> = {
  nothing_arrived: 'No file arrived. Send it again.',
  too_large: 'The file is too large: ten megabytes at most.',
  no_picture: 'This file is no JPEG, PNG or WebP picture. Take a photo and send that.',
  damaged: 'This picture is damaged. Take it again.',
  too_many_pixels: 'This picture has more than 40 million pixels. Take it at a smaller size.',
  too_small: 'This picture is too small to read: at least 200 pixels on each side. Take it nearer.',
}
