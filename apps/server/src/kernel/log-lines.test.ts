import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { LogLines, linesWaitMsMax } from '#kernel/log-lines'
import { pino } from 'pino'

const lines = 3_000
const turnsMax = 100_000

/** What a process says on its standard output that logs so many lines and then ends as told. */
async function saidBy(ending: string): Promise<{ said: string[]; code: number | null }> {
  const program = `
    import { openLog } from '#kernel/log'
    const log = openLog({ level: 'info', service: 'test' })
    for (let count = 0; count < ${lines}; count++) log.info({ count }, 'counted')
    ${ending}`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: join(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [said] = await Promise.all([text(child.stdout), once(child, 'exit')])
  return { said: said.split('\n').filter(line => line !== ''), code: child.exitCode }
}

/** Whether each of the lines came once, none of them broken by another. */
function assertEveryLine(said: readonly string[]): void {
  const counts = said.map(line => (JSON.parse(line) as { count?: number }).count)
  const told = counts.filter(count => count !== undefined).sort((a, b) => a - b)
  assert.deepEqual(
    told,
    Array.from({ length: lines }, (_, count) => count),
  )
}

for (const [how, ending, expected] of [
  ['returns', '', 0],
  ['is ended', 'process.exit(3)', 3],
  ['throws', `setTimeout(() => { log.info({ count: -1 }); throw new Error() }, 1)`, 1],
] as const)
  test(`no line is lost when the process ${how}`, async () => {
    const { said, code } = await saidBy(ending)
    assert.equal(code, expected)
    if (how === 'throws')
      assert.equal((JSON.parse(said.pop() ?? '{}') as object & { count?: number }).count, -1)
    assertEveryLine(said)
  })

test('a fatal line is out before the next thing the process does, even if it is killed then', async () => {
  const { said } = await saidBy(`log.fatal('over'); process.kill(process.pid, 'SIGKILL')`)
  assert.match(said.at(-1) ?? '', /"msg":"over"/)
  assert.equal(said.length, lines + 1)
})

test('lines wait for others a moment, a warning takes what waits along, and a quiet line waits for nothing', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'log-lines-'))
  const file = join(folder, 'log')
  const out = openSync(file, 'a')
  t.after(() => {
    closeSync(out)
    rmSync(folder, { recursive: true })
  })
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const written = async (expected: readonly string[]) => {
    for (let turn = 0; turn < turnsMax; turn++) {
      const said = readFileSync(file, 'utf8').split('\n').slice(0, -1)
      const messages = said.map(line => (JSON.parse(line) as { msg: string }).msg)
      assert.deepEqual(messages, expected.slice(0, messages.length))
      if (messages.length >= expected.length) return
      await nextTurn()
    }
    assert.fail(`${expected.at(-1)} was not written`)
  }
  const log = pino({}, new LogLines(out))
  log.info('first')
  await written(['first'])
  log.info('waits')
  log.info('waits too')
  for (let turn = 0; turn < 100; turn++) await nextTurn()
  await written(['first'])
  log.warn('warns')
  await written(['first', 'waits', 'waits too', 'warns'])
  log.info('waits again')
  t.mock.timers.tick(linesWaitMsMax)
  await written(['first', 'waits', 'waits too', 'warns', 'waits again'])
  t.mock.timers.tick(linesWaitMsMax)
  log.info('after a quiet moment')
  await written(['first', 'waits', 'waits too', 'warns', 'waits again', 'after a quiet moment'])
})
