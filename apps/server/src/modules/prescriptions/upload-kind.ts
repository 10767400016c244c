import type { UploadRefusal } from '@janta/contracts'

export type UploadKind = 'jpeg' | 'png' | 'webp' | 'pdf'

const refused = (refusal: UploadRefusal) => ({ refusal })

/**
 * What the bytes themselves say they are, whatever the sender said. A file that is two things at once is refused even
 * though pages are made anew: somebody built it to be read differently by two programs.
 */
export function kindOf(bytes: Buffer): UploadKind | { readonly refusal: UploadRefusal } {
  if (bytes.length === 0) return refused('empty')
  const kind = firstKind(bytes)
  if (kind === null) {
    if (isHeic(bytes)) return refused('heic')
    return refused(isSvg(bytes) ? 'svg' : 'unknown_type')
  }
  return isAlsoSomethingElse(bytes, kind) ? refused('two_things_at_once') : kind
}

function firstKind(bytes: Buffer): UploadKind | null {
  const starts = (hex: string, at = 0) =>
    bytes.subarray(at, at + hex.length / 2).equals(Buffer.from(hex, 'hex'))
  if (starts('ffd8ff')) return 'jpeg'
  if (starts('89504e470d0a1a0a')) return 'png'
  if (starts('52494646') && starts('57454250', 8)) return 'webp'
  return starts('255044462d') ? 'pdf' : null
}

const heicBrands = ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1']

/** ISO base media: the brand stands in the ninth to twelfth byte. */
function isHeic(bytes: Buffer): boolean {
  return bytes.toString('latin1', 4, 8) === 'ftyp' && heicBrands.includes(text(bytes, 8, 12))
}

function isSvg(bytes: Buffer): boolean {
  return /<svg[\s>]/i.test(text(bytes, 0, headBytes))
}

const headBytes = 1_024
/** A zip's directory ends within its comment's greatest length of the end of the file. */
const zipTailBytes = 22 + 65_535

function isAlsoSomethingElse(bytes: Buffer, kind: UploadKind): boolean {
  // Readers of PDF look for its header anywhere in the first kilobyte.
  if (kind !== 'pdf' && text(bytes, 0, headBytes).includes('%PDF-')) return true
  if (hasZipEnd(bytes)) return true
  // A PDF may name scripts in its text, which is never run here; a picture has no business with markup.
  return kind !== 'pdf' && /<script[\s>]|<html[\s>]|<\?php\s/i.test(bytes.toString('latin1'))
}

/** True when a zip's directory ends exactly where the file does, as an unpacker would accept it. */
function hasZipEnd(bytes: Buffer): boolean {
  const tail = bytes.subarray(Math.max(0, bytes.length - zipTailBytes))
  for (
    let at = tail.lastIndexOf('PK\x05\x06');
    at >= 0;
    at = tail.lastIndexOf('PK\x05\x06', at - 1)
  ) {
    if (at + 22 <= tail.length && at + 22 + tail.readUInt16LE(at + 20) === tail.length) return true
    if (at === 0) return false
  }
  return false
}

const text = (bytes: Buffer, from: number, to: number) => bytes.toString('latin1', from, to)
