/** The browser's own way of a file: asked for, posted straight to the file store, said to be there. */
export interface Sending {
  /** Made once for each file, so that a try after a broken network is the same file. */
  readonly key: string
  readonly file: File
  readonly onPercent: (percent: number) => void
}

const triesMax = 4
const waitMs = 1_500
const types = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf']

/** Answers the session's id, begun with the first file. */
export function startSession(key: string, patientId: string | null): Promise<string> {
  return ask('/upload-sessions', key, patientId ? { patientId } : {}).then(({ id }) => id)
}

/** Sends one file, trying again while the network is away; throws when it is refused or stays away. */
export async function sendFile(sessionId: string, sending: Sending): Promise<void> {
  const body = await shrink(sending.file)
  for (let tried = 1; ; tried++) {
    try {
      await sendOnce(sessionId, sending, body)
      return
    } catch (error) {
      // It had arrived, and only the answer that says so was lost.
      if (tried > 1 && (error as Error).message === 'upload_state_forbids') return
      if (tried >= triesMax || !(error instanceof NetworkAway)) throw error
      await new Promise(done => setTimeout(done, waitMs * tried))
    }
  }
}

class NetworkAway extends Error {}

async function sendOnce(sessionId: string, { key, onPercent }: Sending, body: Blob) {
  const contentType = types.includes(body.type) ? body.type : 'image/jpeg'
  const upload = await ask(`/upload-sessions/${sessionId}/uploads`, key, { contentType })
  await post(upload.url, upload.fields, body, onPercent)
  await ask(`/uploads/${upload.id}/sent`, null, undefined)
}

interface Answered {
  id: string
  url: string
  fields: Record<string, string>
}

async function ask(path: string, key: string | null, body: object | undefined): Promise<Answered> {
  const headers: Record<string, string> = {}
  if (key) headers['idempotency-key'] = key
  if (body) headers['content-type'] = 'application/json'
  const response = await fetch(`/api/v1${path}`, {
    method: 'POST',
    headers,
    ...(body && { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new NetworkAway()
  })
  if (response.status >= 500) throw new NetworkAway()
  const answer = (await response.json()) as Answered & { code?: string }
  if (!response.ok) throw new Error(answer.code ?? 'unavailable')
  return answer
}

function post(
  url: string,
  fields: Record<string, string>,
  body: Blob,
  onPercent: (percent: number) => void,
): Promise<void> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', body)
  // Only the older interface says how much of a file is out.
  const request = new XMLHttpRequest()
  return new Promise((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) =>
      onPercent(Math.round((loaded * 100) / Math.max(total, 1)))
    request.onload = () =>
      request.status < 300 ? resolve() : reject(new Error('upload_session_ended'))
    request.onerror = () => reject(new NetworkAway())
    request.open('POST', url)
    request.send(form)
  })
}

const sideMax = 2_400
const shrinkAboveBytes = 1_500_000

/** A large photo is made smaller on the phone; one the phone can open but we cannot (HEIC) becomes JPEG. */
async function shrink(file: File): Promise<Blob> {
  const isKnown = types.includes(file.type)
  if (file.type === 'application/pdf' || (isKnown && file.size < shrinkAboveBytes)) return file
  const picture = await createImageBitmap(file).catch(() => null)
  if (!picture) return file
  const scale = Math.min(1, sideMax / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  const made = await new Promise<Blob | null>(done => canvas.toBlob(done, 'image/jpeg', 0.88))
  return made ?? file
}
