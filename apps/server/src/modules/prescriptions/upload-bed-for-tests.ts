import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { uploadBytesMax, type UploadType } from '@janta/contracts'
import type { Caller } from '#kernel/caller'
import { Refusal } from '#kernel/refusal'
import { testDatabase } from '#kernel/testing'
import { checkUpload } from './check-upload.ts'
import { findOwnUpload } from './find-upload-sessions.ts'
import { finishUpload } from './finish-upload.ts'
import { requestUpload } from './request-upload.ts'
import { startUploadSession } from './start-upload-session.ts'
import { formSeconds, quarantineKey } from './upload-limits.ts'
import { openUploadFiles } from './uploads-for-tests.ts'

/** A database and a file store of a test file's own, and the steps of an upload as a browser takes them. */
export async function openUploadBed() {
  const shop = await testDatabase()
  const { files, stop } = await openUploadFiles()
  const begin = async (caller: Caller) =>
    (await startUploadSession(shop.database, caller, randomUUID(), {})).id

  const ask = async (
    caller: Caller,
    sessionId: string,
    contentType: UploadType = 'image/jpeg',
    key: string = randomUUID(),
  ) => (await requestUpload(shop.database, caller, key, { sessionId, contentType })).id

  const check = (id: string, clamdUrl?: string) =>
    checkUpload({ database: shop.database, files, clamdUrl }, id)

  /** What the browser does with the form it was given. */
  async function post(id: string, bytes: Buffer, type: UploadType, seconds = formSeconds) {
    const { url, forms } = await files.of('quarantine').presignPost({
      key: quarantineKey(id),
      contentTypes: [type],
      bytesMax: uploadBytesMax,
      seconds,
    })
    return (fields: Record<string, string> = {}) => {
      const form = new FormData()
      for (const [name, value] of Object.entries({ ...forms[0]?.fields, ...fields })) {
        form.append(name, value)
      }
      form.append('file', new Blob([new Uint8Array(bytes)]), 'IMG_0001.jpg')
      return fetch(url, { method: 'POST', body: form })
    }
  }

  /** One file all the way: asked for, posted, said to be sent, checked. */
  async function send(caller: Caller, bytes: Buffer, type: UploadType = 'image/jpeg') {
    const id = await ask(caller, await begin(caller), type)
    if (bytes.length > 0) assert.equal((await (await post(id, bytes, type))()).status, 204)
    await finishUpload(shop.database, caller, id)
    await check(id)
    return id
  }

  const stateOf = async (caller: Caller, id: string) =>
    findOwnUpload(shop.database.db, caller.personId ?? '', id)
  const close = async () => {
    await stop()
    await shop.close()
  }
  return { shop, files, begin, ask, check, post, send, stateOf, close }
}

export type UploadBed = Awaited<ReturnType<typeof openUploadBed>>

export const refuses = (asking: Promise<unknown>, code: string) =>
  assert.rejects(asking, error => error instanceof Refusal && error.code === code)
