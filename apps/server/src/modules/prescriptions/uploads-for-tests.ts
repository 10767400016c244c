import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startLocalS3 } from '@janta/tools/s3/index'
import sharp, { type Sharp } from 'sharp'
import { type Files, openFiles } from '#kernel/files'

/** A drawn prescription, plainly no real one; `words` make one differ from another. */
export function drawSample(words: string, width = 1_200, height = 1_600): Sharp {
  const lines = Array.from(
    { length: 8 },
    (_, at) =>
      `<text x="90" y="${320 + at * 140}" font-size="44">${at + 1}. ${words} ${at * 37} mg 1-0-1</text>`,
  )
  return sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
        '<rect width="100%" height="100%" fill="#f4f1ea"/>' +
        `<text x="90" y="150" font-size="64">SAMPLE ${words}</text>${lines.join('')}</svg>`,
    ),
  )
}

/** A PDF written by hand: so many pages with a red square and the word SAMPLE. */
export function writePdf(pages: number, { isLocked = false, box = '0 0 595 842' } = {}): Buffer {
  const kids = Array.from({ length: pages }, (_, at) => `${4 + at * 2} 0 R`).join(' ')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages} /Kids [${kids}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  for (let at = 0; at < pages; at++) {
    const drawing = `1 0 0 rg 100 100 200 200 re f BT /F1 24 Tf 100 700 Td (SAMPLE ${at + 1}) Tj ET`
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [${box}] /Contents ${5 + at * 2} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
      `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    )
  }
  // No password fits this key, so every reader asks for one.
  const key = '28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a'
  if (isLocked) objects.push(`<< /Filter /Standard /V 1 /R 2 /O <${key}> /U <${key}> /P -4 >>`)
  return fileOf(objects, isLocked)
}

function fileOf(objects: readonly string[], isLocked: boolean): Buffer {
  let text = '%PDF-1.4\n'
  const starts = objects.map((object, at) => {
    const start = text.length
    text += `${at + 1} 0 obj\n${object}\nendobj\n`
    return `${String(start).padStart(10, '0')} 00000 n \n`
  })
  const id = '<00112233445566778899aabbccddeeff>'
  const lock = isLocked ? `/Encrypt ${objects.length} 0 R /ID [${id} ${id}]` : ''
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${starts.join('')}`
  return Buffer.from(
    `${text}${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${lock} >>\nstartxref\n${text.length}\n%%EOF\n`,
    'latin1',
  )
}

/** The file stores of the upload's way on a strict local S3 of their own. */
export async function openUploadFiles(): Promise<{ files: Files; stop: () => Promise<void> }> {
  const root = await mkdtemp(path.join(tmpdir(), 'janta-uploads-'))
  const access = { accessKeyId: 'local-key', secretAccessKey: 'local-secret' }
  const buckets = { quarantine: 'quarantine', prescriptions: 'prescriptions' } as const
  const s3 = await startLocalS3({ root, ...access, buckets: Object.values(buckets) })
  const files = openFiles({
    ...access,
    region: 'ap-south-1',
    endpoint: s3.endpoint,
    buckets: { ...buckets, assets: 'none', invoices: 'none', reports: 'none' },
  })
  return {
    files,
    async stop() {
      files.close()
      await s3.stop()
      await rm(root, { recursive: true, force: true })
    },
  }
}
