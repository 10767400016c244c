/** What a picture sent to us may be, and where it waits. */
export const photoBytesMax = 10 * 1024 * 1024
/** Pictures that unpack to more are refused before they are unpacked. */
export const photoPixelsMax = 40_000_000
export const photoSideLeast = 200
export const uploadSeconds = 600

/** Where a stranger's file waits for the worker; deleted there after a day whatever happens. */
export function quarantineKey(id: string): string {
  return `uploads/medicine-photos/${id}`
}

type PhotoKind = 'jpeg' | 'png' | 'webp'

/** What the bytes themselves say they are, whatever the sender said; null for everything else. */
export function photoKindOf(bytes: Uint8Array): PhotoKind | null {
  if (startsWith(bytes, 0, [0xff, 0xd8, 0xff])) return 'jpeg'
  if (startsWith(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png'
  const isRiff = startsWith(bytes, 0, [0x52, 0x49, 0x46, 0x46])
  return isRiff && startsWith(bytes, 8, [0x57, 0x45, 0x42, 0x50]) ? 'webp' : null
}

function startsWith(bytes: Uint8Array, at: number, wanted: readonly number[]): boolean {
  return wanted.every((byte, index) => bytes[at + index] === byte)
}
