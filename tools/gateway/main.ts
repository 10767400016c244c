import assert from 'node:assert/strict'
import { startLocalGateway } from './index.ts'

function required(name: string): string {
  const value = process.env[name]
  assert(value, `Set ${name} to start the local payment gateway.`)
  return value
}

const refundMs = 5_000

const gateway = await startLocalGateway({
  port: Number(required('GATEWAY_PORT')),
  keyId: required('GATEWAY_KEY_ID'),
  keySecret: required('GATEWAY_KEY_SECRET'),
  webhookSecret: required('GATEWAY_WEBHOOK_SECRET'),
  webhookUrl: required('GATEWAY_WEBHOOK_URL'),
  file: required('GATEWAY_FILE'),
  refundMs,
})
console.log(`local payment gateway ready at ${gateway.url}`)
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void gateway.stop())
