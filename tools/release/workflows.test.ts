import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { projectDir } from '../project.ts'
import { smokePaths } from './smoke.ts'

interface Step {
  readonly env?: Record<string, string>
  readonly uses?: string
  readonly run?: string
  readonly with?: Record<string, string>
}
interface Job {
  readonly uses?: string
  readonly needs?: string
  readonly environment?: string
  readonly permissions?: Record<string, string>
  readonly 'timeout-minutes'?: number
  readonly steps?: readonly Step[]
}
interface Workflow {
  readonly on: Record<string, { paths?: string[]; branches?: string[] } | null>
  readonly permissions: Record<string, string>
  readonly jobs: Record<string, Job>
}

const folder = path.join(projectDir, '.github/workflows')
const texts = new Map(
  globSync('*.yml', { cwd: folder })
    .sort()
    .map(file => [path.basename(file, '.yml'), readFileSync(path.join(folder, file), 'utf8')]),
)
const workflows = new Map([...texts].map(([name, text]) => [name, parse(text) as Workflow]))
const all = [...workflows].flatMap(([name, { jobs }]) =>
  Object.entries(jobs).map(([job, is]) => ({ id: `${name}/${job}`, job: is })),
)
const steps = all.flatMap(({ id, job }) => (job.steps ?? []).map(step => ({ id, step })))
const given = (name: string): Workflow => {
  const found = workflows.get(name)
  assert.ok(found, name)
  return found
}

test('there is a pipeline for each part, and one for every change', () => {
  assert.deepEqual([...workflows.keys()], ['counter', 'infrastructure', 'server', 'shop', 'test'])
  assert.ok(steps.length > 30, `only ${steps.length} steps`)
})

test('every action is pinned to a commit, with its version beside it', () => {
  const used = steps.flatMap(({ step }) => step.uses ?? [])
  assert.ok(used.length > 15)
  for (const action of used) assert.match(action, /^[\w-]+\/[\w-]+@[0-9a-f]{40}$/)
  for (const [name, text] of texts) {
    const lines = text.split('\n').filter(line => /uses: [\w-]+\//.test(line))
    for (const line of lines) assert.match(line, /# v\d+\.\d+\.\d+$/, name)
  }
})

test('a workflow may read the code and no more; a job that needs more says so', () => {
  const allowed = ['contents:read', 'id-token:write', 'pull-requests:write']
  for (const { permissions } of workflows.values()) {
    assert.deepEqual(permissions, { contents: 'read' })
  }
  for (const { id, job } of all) {
    for (const [right, level] of Object.entries(job.permissions ?? {})) {
      assert.ok(allowed.includes(`${right}:${level}`), `${id} has ${right}:${level}`)
    }
  }
})

test('AWS is reached by a borrowed role, in an environment, and never by a key', () => {
  const signing = all.filter(({ job }) =>
    job.steps?.some(step => step.uses?.startsWith('aws-actions/')),
  )
  assert.ok(signing.length >= 5)
  for (const { id, job } of signing) {
    assert.equal(job.permissions?.['id-token'], 'write', id)
    assert.match(job.environment ?? '', /^launch(-preview)?$/, id)
  }
  for (const { id, job } of all) {
    if (signing.every(one => one.id !== id)) assert.equal(job.permissions?.['id-token'], undefined)
  }
  for (const text of texts.values()) assert.doesNotMatch(text, /secrets\.|ACCESS_KEY/)
})

test('the code that is checked out cannot push, and every job ends in time', () => {
  for (const { id, step } of steps) {
    if (!step.uses?.startsWith('actions/checkout@')) continue
    assert.equal(String(step.with?.['persist-credentials']), 'false', id)
  }
  for (const { id, job } of all) {
    if (!job.uses) assert.ok((job['timeout-minutes'] ?? 999) <= 60, id)
  }
})

test('each part is released by its own files, after the tests, and not by another part’s', () => {
  const parts = ['server', 'shop', 'counter']
  for (const name of parts) {
    const { on, jobs } = given(name)
    const { paths = [], branches } = on['push'] ?? {}
    assert.deepEqual(branches, ['main'])
    assert.ok(paths.includes(`apps/${name}/**`), name)
    for (const other of parts.filter(one => one !== name)) {
      assert.ok(!paths.some(one => one.startsWith(`apps/${other}/`)), `${name} watches ${other}`)
    }
    for (const one of paths) {
      const place = one.replace(/\/\*\*$/, '')
      assert.ok(
        existsSync(path.join(projectDir, place)),
        `${name} watches ${one}, which is not there`,
      )
    }
    assert.equal(jobs['test']?.uses, './.github/workflows/test.yml')
    const [first] = Object.entries(jobs).filter(([job]) => job !== 'test')
    assert.equal(first?.[1].needs, 'test', name)
    assert.ok(!('pull_request' in on), `${name} must not be released by a pull request`)
  }
})

test('every change is tested by the one script that is tested here, too', () => {
  const { on, jobs } = given('test')
  assert.deepEqual(Object.keys(on), ['pull_request', 'push', 'workflow_call'])
  assert.ok(jobs['test']?.steps?.some(step => step.run === '.ci/run'))
})

test('both architectures are built and started before anything is pushed', () => {
  for (const [name, proof] of [
    ['server', 'prove.ts'],
    ['shop', 'prove-shop.ts'],
  ]) {
    const runs = (given(name!).jobs['image']?.steps ?? []).map(step => step.run ?? '')
    const at = (words: string) => runs.findIndex(run => run.includes(words))
    const proofs = ['amd64', 'arm64'].map(kind => at(`${proof} out-${kind}`))
    const built = [at('arm64 out-arm64'), at('amd64 out-amd64')]
    const order = [...built, ...proofs, at('buildah push')]
    assert.ok(
      order.every((place, after) => place > (order[after - 1] ?? -1)),
      `${name}: ${order.join(', ')}`,
    )
  }
})

test('what the workflows run is there', () => {
  const named = steps.flatMap(({ step }) => [
    ...(step.run ?? '').matchAll(/(?:node )?((?:tools|infra|deploy|\.ci)\/[\w./-]+)/g),
  ])
  assert.ok(named.length >= 8)
  for (const [, file = ''] of named) {
    if (file.includes('checks/snapshots')) continue
    assert.ok(existsSync(path.join(projectDir, file)), file)
  }
})

test('pages are built for the bucket they send files to, and every variable a workflow reads is explained', () => {
  for (const [name, variable] of [
    ['shop', 'SHOP_UPLOAD_ORIGIN'],
    ['counter', 'COUNTER_UPLOAD_ORIGIN'],
  ] as const) {
    const build = Object.values(given(name).jobs)
      .flatMap(job => job.steps ?? [])
      .find(step => step.run === `npm run build --workspace @janta/${name}`)
    assert.equal(build?.env?.[variable], '${{ vars.UPLOAD_ORIGIN }}')
    const config = readFileSync(path.join(projectDir, `apps/${name}/vite.config.ts`), 'utf8')
    assert.ok(config.includes(`process.env['${variable}']`), name)
  }
  const runbook = readFileSync(path.join(projectDir, 'docs/runbooks/deploy.md'), 'utf8')
  const read = [...texts.values()].flatMap(text => [...text.matchAll(/vars\.([A-Z_]+)/g)])
  assert.ok(read.length > 15)
  for (const [, variable = ''] of read) assert.ok(runbook.includes(`\`${variable}\``), variable)
})

test('nothing is pushed before the tests, and nothing is released before it is pushed', () => {
  for (const name of ['server', 'shop']) {
    const { jobs } = given(name)
    assert.deepEqual([jobs['image']?.needs, jobs['release']?.needs], ['test', 'image'])
  }
  for (const [name, { jobs }] of workflows) {
    for (const [id, { needs, uses }] of Object.entries(jobs)) {
      if (needs) assert.ok(needs in jobs, `${name}/${id} needs ${needs}`)
      if (uses) assert.ok(existsSync(path.join(projectDir, uses)), uses)
    }
  }
})

test('a word from outside never becomes part of a script', () => {
  for (const { id, step } of steps) {
    assert.doesNotMatch(step.run ?? '', /\$\{\{/, `${id} puts an expression into its script`)
  }
})

test('the site is asked for data that the contracts declare', async () => {
  const { api, apiPrefix, urlOf } = await import('../../packages/contracts/src/index.ts')
  const declared = urlOf(api.searchMedicines, {}, '')
  assert.ok(declared.startsWith(apiPrefix))
  assert.ok(
    smokePaths.some(one => one.startsWith(declared)),
    `none of them asks ${declared}`,
  )
})
