import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test, type TestContext } from 'node:test'
import { promisify } from 'node:util'
import { projectDir } from '../project.ts'
import { smokePaths } from './smoke.ts'

const run = promisify(execFile)
const families = ['api', 'worker', 'worker-files', 'shop', 'migrate', 'backup'].map(
  task => `janta-launch-${task}`,
)

/** ECS with the old release on it, and a site that answers as told. */
async function openBed(
  t: TestContext,
  options: {
    siteStatus?: number
    migrationExit?: number
    brokenImage?: string
    workers?: string
  } = {},
) {
  const folder = mkdtempSync(path.join(tmpdir(), 'janta-release-'))
  const state = path.join(folder, 'state.json')
  const program = path.join(folder, 'aws')
  const standIn = path.join(projectDir, 'tools/stand-ins/aws.ts')
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${standIn}' "$@"\n`)
  chmodSync(program, 0o755)
  writeFileSync(
    state,
    JSON.stringify({
      migrationExit: options.migrationExit ?? 0,
      ...(options.brokenImage ? { brokenImage: options.brokenImage } : {}),
      definitions: Object.fromEntries(families.map(family => [family, [{ image: 'server:old' }]])),
      services: Object.fromEntries(families.map(family => [family, `${family}:1`])),
    }),
  )
  const asked: string[] = []
  const site = http.createServer((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(options.siteStatus ?? 200).end()
  })
  await new Promise<void>(done => site.listen(0, '127.0.0.1', done))
  t.after(() => {
    site.close()
    rmSync(folder, { recursive: true })
  })
  const release = (kind: string, image: string) =>
    run(process.execPath, [path.join(projectDir, 'tools/release/release.ts'), kind, image], {
      env: {
        PATH: `${folder}:${process.env['PATH']}`,
        AWS_STAND_IN: state,
        RELEASE_PREFIX: 'janta-launch',
        ...(options.workers ? { RELEASE_WORKERS: options.workers } : {}),
        RELEASE_ROUND_MS: '1',
        SITE_URL: `http://127.0.0.1:${(site.address() as AddressInfo).port}`,
        MIGRATE_SUBNETS: 'subnet-1',
        MIGRATE_SECURITY_GROUP: 'sg-1',
      },
    })
  return {
    asked,
    release,
    services: () => JSON.parse(readFileSync(state, 'utf8')).services as Record<string, string>,
    calls: () => readFileSync(`${state}.calls`, 'utf8').split('\n').slice(0, -1),
  }
}

test('a release migrates first, replaces API and worker, asks the site and writes itself down', async t => {
  const bed = await openBed(t)
  await bed.release('server', 'registry/server:new')
  assert.equal(bed.services()['janta-launch-api'], 'janta-launch-api:2')
  assert.equal(bed.services()['janta-launch-worker'], 'janta-launch-worker:2')
  assert.equal(
    bed.services()['janta-launch-shop'],
    'janta-launch-shop:1',
    'the shop was not asked for',
  )
  assert.deepEqual(bed.asked, smokePaths)
  const acts = bed.calls().filter(call => !call.includes('describe'))
  assert.deepEqual(
    acts.filter(call => !call.includes('register')),
    [
      'ecs run-task ',
      'ecs update-service janta-launch-api',
      'ecs update-service janta-launch-worker',
      'ssm put-parameter /janta-launch/release/server',
    ],
  )
})

test('a worker of its own is replaced with the others, and the backup runs in the new image next night', async t => {
  const bed = await openBed(t, { workers: 'worker,worker-files' })
  await bed.release('server', 'registry/server:new')
  assert.equal(bed.services()['janta-launch-worker-files'], 'janta-launch-worker-files:2')
  assert.equal(bed.services()['janta-launch-backup'], 'janta-launch-backup:1')
  assert.ok(bed.calls().includes('ecs register-task-definition janta-launch-backup'))
})

test('a site that does not answer after the release brings the old tasks back', async t => {
  const bed = await openBed(t, { siteStatus: 503 })
  await assert.rejects(bed.release('server', 'registry/server:new'), /answered 503/)
  assert.equal(bed.services()['janta-launch-api'], 'janta-launch-api:1')
  assert.equal(bed.services()['janta-launch-worker'], 'janta-launch-worker:1')
  assert.ok(!bed.calls().some(call => call.includes('put-parameter')))
})

test('tasks that do not start are seen even when ECS went back by itself', async t => {
  const bed = await openBed(t, { brokenImage: 'registry/shop:broken' })
  await assert.rejects(bed.release('shop', 'registry/shop:broken'), /ECS went back/)
  assert.equal(bed.services()['janta-launch-shop'], 'janta-launch-shop:1')
  assert.deepEqual(bed.asked, [])
})

test('a migration that fails replaces nothing', async t => {
  const bed = await openBed(t, { migrationExit: 1 })
  await assert.rejects(bed.release('server', 'registry/server:new'), /migration ended with 1/)
  assert.ok(!bed.calls().some(call => call.includes('update-service')))
})
