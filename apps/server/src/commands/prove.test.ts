import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { systemCaller } from '#kernel/caller'
import { openLog } from '#kernel/log'
import { inTransaction } from '#kernel/transaction'
import { auditCommands, writeEntry } from '#modules/audit'
import { type TestWeb, testWeb } from '#test/web-for-tests'
import type { Command, CommandContext } from './command.ts'
import { commands } from './index.ts'
import { prove } from './prove.ts'

let web: TestWeb
before(async () => {
  web = await testWeb()
  const act = { action: 'test.acted' as const, actorId: null, requestId: 'one', objectId: 'it' }
  await inTransaction(web.own.database, systemCaller('test'), tx => writeEntry(tx, act))
})
after(() => web.close())

const said: string[] = []
const contextWith = (some: Record<string, Command>): CommandContext => ({
  args: [],
  config: web.surroundings.config,
  log: openLog({ level: 'silent', service: 'test' }),
  surroundings: web.surroundings,
  say: line => void said.push(line),
  commands: some,
})

test('whatever command verifies something is asked of the restored database', async () => {
  const other: Command = { summary: 'verifies', run: async () => 0 }
  const stranger: Command = { summary: 'does something else', run: async () => 1 }
  const context = contextWith({ ...auditCommands, 'registers verify': other, web: stranger })
  assert.deepEqual(await prove(context, web.own.appUrl), {
    asked: ['audit verify', 'registers verify'],
    faults: [],
  })
  assert.match(said.join('\n'), /1 entries in 1 blocks, 0 not sealed yet/)
})

test('a trail that was tampered with fails the drill, by name', async () => {
  const owner = new pg.Client({ connectionString: web.own.ownerUrl })
  await owner.connect()
  await owner.query('alter table audit.entry disable trigger user')
  await owner.query(`update audit.entry set object_id = 'another'`)
  await owner.query('alter table audit.entry enable trigger user')
  await owner.end()
  const { faults } = await prove(contextWith(auditCommands), web.own.appUrl)
  assert.deepEqual(faults, ['audit verify found a fault'])
  assert.match(said.join('\n'), /! entry [0-9a-f-]{36} at position 1 is not as it was sealed/)
})

test('a drill that has nothing to prove with is no drill', async () => {
  await assert.rejects(prove(contextWith({}), web.own.appUrl), /no command that verifies/)
  assert.ok(Object.keys(commands).some(name => name.endsWith(' verify')))
})
