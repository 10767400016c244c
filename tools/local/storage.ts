import path from 'node:path'
import { projectDir } from '../project.ts'
import type { Part } from '../supervisor/index.ts'
import { bucket } from './environment.ts'
import type { Secrets } from './kept.ts'

/** The strict local S3 as a part to supervise. */
export function storagePart(options: {
  home: string
  port: number
  secrets: Secrets
  /** The pages that may send files to it straight from the browser. */
  origins: string[]
}): Part {
  return {
    name: 's3',
    args: [path.join(projectDir, 'tools', 's3', 'main.ts')],
    env: {
      ...process.env,
      S3_PORT: String(options.port),
      S3_ROOT: path.join(options.home, 's3'),
      S3_ACCESS_KEY_ID: options.secrets.s3AccessKeyId,
      S3_SECRET_ACCESS_KEY: options.secrets.s3SecretAccessKey,
      S3_BUCKETS: bucket,
      S3_CORS_ORIGINS: options.origins.join(','),
    },
    isReady: () => answers(`${storageUrl(options.port)}/health`),
  }
}

export function storageUrl(port: number): string {
  return `http://127.0.0.1:${port}`
}

/** True when the address answers with success. */
export async function answers(url: string): Promise<boolean> {
  const reply = await fetch(url, { signal: AbortSignal.timeout(2_000) })
  await reply.body?.cancel()
  return reply.ok
}
