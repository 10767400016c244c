import assert from 'node:assert/strict'
import { startLocalS3 } from './index.ts'

function required(name: string): string {
  const value = process.env[name]
  assert(value, `Set ${name} to start the local S3.`)
  return value
}

function list(name: string): string[] {
  return (process.env[name] ?? '').split(',').flatMap(each => each.trim() || [])
}

const server = await startLocalS3({
  root: required('S3_ROOT'),
  port: Number(required('S3_PORT')),
  accessKeyId: required('S3_ACCESS_KEY_ID'),
  secretAccessKey: required('S3_SECRET_ACCESS_KEY'),
  buckets: list('S3_BUCKETS'),
  corsOrigins: list('S3_CORS_ORIGINS'),
})
console.log(`local S3 ready at ${server.endpoint}`)
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void server.stop())
