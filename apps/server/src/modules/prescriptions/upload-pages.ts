import type { PageSize, UploadRefusal } from '@janta/contracts'

/** One page made anew from a stranger's file. */
export interface MadePage {
  readonly page: number
  readonly width: number
  readonly height: number
  readonly isDark: boolean
  readonly isBlurred: boolean
  /** 64 by 64 grey points, see upload-likeness.ts. */
  readonly grey: Uint8Array
  readonly files: Readonly<Record<PageSize, Uint8Array>>
}

export interface PageLimits {
  readonly pagesMax: number
  readonly pixelsMax: number
  readonly sideLeast: number
}

/** What the parent hands to the child that opens the file, and what the child says. */
export interface Opening {
  readonly bytes: Uint8Array
  readonly kind: 'jpeg' | 'png' | 'webp' | 'pdf'
  readonly limits: PageLimits
}

export type Opened =
  | { readonly page: MadePage }
  | { readonly refusal: UploadRefusal }
  | { readonly pages: number }

/** Sides in points, and how a page is written: all of it for reading a hand, a screenful, a picture for a list. */
export const pageFormats = {
  whole: { side: 3_600, contentType: 'image/jpeg', extension: 'jpg' },
  screen: { side: 1_600, contentType: 'image/webp', extension: 'webp' },
  small: { side: 320, contentType: 'image/webp', extension: 'webp' },
} as const satisfies Record<PageSize, object>

export function pageKey(uploadId: string, page: number, size: PageSize): string {
  return `pages/${uploadId}/${page}-${size}.${pageFormats[size].extension}`
}
