import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { adviceFor, installIfNeeded, isInstalled, matchesLock } from './install.mjs'
import { holderOf, takeLock } from './lock.mjs'

const root = mkdtempSync(path.join(os.tmpdir(), 'janta-install-'))
let made = 0

after(() => rmSync(root, { recursive: true }))

const lock = (version: string) => ({
  lockfileVersion: 3,
  packages: {
    '': { name: 'trial' },
    'node_modules/pg': { version },
    'node_modules/for-another-machine': { version: '1.0.0', optional: true, os: ['plan9'] },
    'node_modules/for-others-too': { version: '1.0.0', optional: true, cpu: 'pdp11' },
    'node_modules/for-an-old-libc': { version: '1.0.0', optional: true, libc: ['diet'] },
  },
})

test('an install by hand counts, and is remembered for the lock it was made of', async () => {
  const project = newProject('8.23.1')
  assert.equal(matchesLock(project), false, 'nothing is installed')
  writeInstalled(project, '8.23.1')
  assert.equal(matchesLock(project), true)
  assert.equal(isInstalled(project), false, 'nobody has looked yet')
  assert.equal(await installIfNeeded(project, silent), true)
  assert.equal(isInstalled(project), true)
  assert.equal(await installIfNeeded(project, silent), false)
})

test('a changed lock, a missing package and an emptied node_modules each ask for an install', () => {
  const project = newProject('8.23.1')
  writeInstalled(project, '8.22.0')
  assert.equal(matchesLock(project), false, 'another version')
  writeFileSync(installedLock(project), JSON.stringify({ packages: {} }))
  assert.equal(matchesLock(project), false, 'a missing package')
  mkdirSync(path.join(project, '.janta'))
  writeFileSync(path.join(project, '.janta', 'installed'), 'an old stamp')
  assert.equal(isInstalled(project), false)
  rmSync(path.join(project, 'node_modules'), { recursive: true })
  assert.equal(isInstalled(project), false)
})

test('an install that fails leaves no stamp and says why', async () => {
  const project = newProject('8.23.1')
  writeFileSync(path.join(project, 'package-lock.json'), '{"lockfileVersion":3,"packages":{}}')
  writeFileSync(
    path.join(project, 'package.json'),
    '{"name":"trial","dependencies":{"pg":"8.23.1"}}',
  )
  await assert.rejects(installIfNeeded(project, silent), /npm could not install the dependencies/)
  assert.equal(isInstalled(project), false)
})

test('the disk, the owner and the network are each named', () => {
  assert.match(adviceFor('npm error code ENOSPC'), /disk is full/)
  assert.match(adviceFor('npm error code EACCES'), /owner of this folder/)
  assert.match(adviceFor('npm error code ENOTFOUND'), /network/)
})

test('a lock has one holder at a time and is free once its holder lets go', async () => {
  const name = path.join(root, 'a-lock')
  const first = await takeLock(name)
  assert.ok(first)
  assert.equal(await holderOf(name), process.pid)
  assert.equal(await takeLock(name), undefined)
  const waited: number[] = []
  const second = takeLock(name, { waitMs: 10_000, onWait: pid => void waited.push(pid) })
  setTimeout(() => void first.release(), 150)
  assert.ok(await second)
  assert.deepEqual(waited, [process.pid])
  await (await second)?.release()
  assert.equal(await holderOf(name), undefined)
})

function newProject(version: string): string {
  const project = path.join(root, `project-${++made}`)
  mkdirSync(project)
  writeFileSync(path.join(project, 'package-lock.json'), JSON.stringify(lock(version)))
  return project
}

function writeInstalled(project: string, version: string): void {
  mkdirSync(path.dirname(installedLock(project)), { recursive: true })
  const packages = { 'node_modules/pg': { version } }
  writeFileSync(installedLock(project), JSON.stringify({ packages }))
  assert.ok(readFileSync(installedLock(project)).length > 0)
}

function installedLock(project: string): string {
  return path.join(project, 'node_modules', '.package-lock.json')
}

function silent(): void {
  return undefined
}
