import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import type { UploadRefusal } from '@janta/contracts'
import { openingBytesMax, openingMsMax, pagesMax, pixelsMax, sideLeast } from './upload-limits.ts'
import type { UploadKind } from './upload-kind.ts'
import type { MadePage, Opened, Opening, PageLimits } from './upload-pages.ts'

export type OpenedUpload =
  | { readonly refusal: UploadRefusal }
  | { readonly pages: readonly MadePage[] }

export interface OpeningLimits extends PageLimits {
  readonly msMax: number
  readonly bytesMax: number
}

const usual: OpeningLimits = {
  pagesMax,
  pixelsMax,
  sideLeast,
  msMax: openingMsMax,
  bytesMax: openingBytesMax,
}

const watchEveryMs = 50
const heapMaxMb = 256
const complaintMax = 2_000
const program = new URL('./open-upload-child.ts', import.meta.url)

let turn: Promise<unknown> = Promise.resolve()

/**
 * Opens a stranger's file in a process of its own and makes its pages anew. The child has no environment, writes no
 * file, starts no process, and is ended when it takes too long or too much memory; a file that does that, or that
 * kills it, is refused like a damaged one, and the worker lives on. One file at a time, because a task is small.
 */
export function openUpload(
  bytes: Uint8Array,
  kind: UploadKind,
  limits: OpeningLimits = usual,
): Promise<OpenedUpload> {
  const mine = turn.then(() => openNow({ bytes, kind, limits }, limits))
  turn = mine.catch(() => undefined)
  return mine
}

function openNow(opening: Opening, limits: OpeningLimits): Promise<OpenedUpload> {
  const child = fork(program, {
    execArgv: [
      '--permission',
      '--allow-fs-read=*',
      '--allow-addons',
      '--no-warnings',
      `--max-old-space-size=${heapMaxMb}`,
    ],
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const guard = guardChild(child, limits)
  return new Promise<OpenedUpload>((resolve, reject) => {
    const pages: MadePage[] = []
    let complaint = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-complaintMax)
    })
    child.on('message', (opened: Opened) => {
      if ('page' in opened) pages.push(opened.page)
      else resolve(settle(opened, pages))
    })
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (guard.isTooHeavy()) resolve({ refusal: 'too_heavy' })
      // The file crashed its reader: it, and not the pharmacy, is what is broken.
      else if (signal !== null) resolve({ refusal: 'damaged' })
      else reject(new Error(`the opener ended with ${code}: ${complaint}`))
    })
    // A child that died before it read says so by closing.
    child.send(opening, error => error && child.kill('SIGKILL'))
  }).finally(() => {
    guard.stop()
    child.kill('SIGKILL')
  })
}

function settle(
  end: { refusal: UploadRefusal } | { pages: number },
  pages: MadePage[],
): OpenedUpload {
  if ('refusal' in end) return end
  assert.equal(pages.length, end.pages, 'the opener said fewer pages than it made')
  return { pages }
}

/** Ends a child that runs too long or grows too large. Memory is seen where the system shows it in /proc. */
function guardChild(child: ChildProcess, { msMax, bytesMax }: OpeningLimits) {
  let isTooHeavy = false
  const end = () => {
    isTooHeavy = true
    child.kill('SIGKILL')
  }
  const late = setTimeout(end, msMax)
  const watch = setInterval(() => {
    void residentBytes(child.pid).then(bytes => {
      if (bytes > bytesMax) end()
    })
  }, watchEveryMs)
  return {
    isTooHeavy: () => isTooHeavy,
    stop: () => {
      clearTimeout(late)
      clearInterval(watch)
    },
  }
}

const pageBytes = 4_096

async function residentBytes(pid: number | undefined): Promise<number> {
  const text = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '')
  return Number(text.split(' ')[1] ?? 0) * pageBytes
}
