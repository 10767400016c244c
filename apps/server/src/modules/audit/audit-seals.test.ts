import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { systemCaller } from '#kernel/caller'
import { newId } from '#kernel/id'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { inTransaction } from '#kernel/transaction'
import { sealEntries } from './seal-entries.ts'
import { verifyBlocks } from './verify-blocks.ts'
import { writeEntry } from './write-entry.ts'

let own: TestDatabase
let owner: pg.Client
before(async () => {
  own = await testDatabase()
  owner = new pg.Client({ connectionString: own.ownerUrl })
  await owner.connect()
})
after(async () => {
  await owner.end()
  await own.close()
})

const act = (objectId: string) => ({
  action: 'test.acted' as const,
  actorId: newId(),
  requestId: 'request',
  objectId,
})
const write = (objectId: string) =>
  inTransaction(own.database, systemCaller('test'), tx => writeEntry(tx, act(objectId)))
const verdict = (known?: string) => verifyBlocks(own.database.db, known)
const faults = async () => (await verdict()).faults

/** What only somebody with the owner's password can do: the guards switched off, a change, the guards on again. */
async function tamper(text: string, values: unknown[] = []): Promise<void> {
  await owner.query('alter table audit.entry disable trigger user')
  await owner.query('alter table audit.block disable trigger user')
  await owner.query(text, values)
  await owner.query('alter table audit.entry enable trigger user')
  await owner.query('alter table audit.block enable trigger user')
}

test('every entry is sealed once, in blocks that follow each other', async () => {
  for (let at = 1; at <= 5; at++) await write(`object ${at}`)
  assert.equal(await sealEntries(own.database), 5)
  assert.equal(await sealEntries(own.database), 0)
  await write('object 6')
  assert.equal((await verdict()).unsealed, 1)
  assert.equal(await sealEntries(own.database), 1)
  const { blocks, entries, unsealed, faults: found } = await verdict()
  assert.deepEqual(
    { blocks, entries, unsealed, found },
    { blocks: 2, entries: 6, unsealed: 0, found: [] },
  )
})

test('an act that is not over is not sealed around: it is sealed when it is', async () => {
  let finish = () => undefined as void
  const isOver = new Promise<void>(resolve => {
    finish = resolve
  })
  let begun = () => undefined as void
  const hasBegun = new Promise<void>(resolve => {
    begun = resolve
  })
  const slow = inTransaction(own.database, systemCaller('test'), async tx => {
    await writeEntry(tx, act('slow'))
    begun()
    await isOver
  })
  await hasBegun
  await write('quick')
  const sealing = sealEntries(own.database)
  setTimeout(finish, 600)
  await slow
  assert.equal(await sealing, 2, 'both, in the order of their positions')
  assert.deepEqual(await faults(), [])
})

test('one changed row is found and named', async () => {
  const { rows } = await owner.query('select id from audit.entry where object_id = $1', [
    'object 3',
  ])
  const { id } = rows[0]
  await tamper('update audit.entry set object_id = $2 where id = $1', [id, 'another'])
  const found = await faults()
  assert.equal(found.length, 1)
  assert.match(found[0] ?? '', new RegExp(`entry ${id} .* not as it was sealed in block 1`))
  await tamper('update audit.entry set object_id = $2 where id = $1', [id, 'object 3'])
  assert.deepEqual(await faults(), [])
})

test('a removed row, and one put between others, are found', async () => {
  const { rows } = await owner.query('select * from audit.entry where object_id = $1', ['object 2'])
  const [row] = rows
  await tamper('delete from audit.entry where id = $1', [row.id])
  assert.deepEqual(await faults(), ['block 1 has lost 1 of its 5 entries'])
  const back = `insert into audit.entry (id, at, action, actor_id, request_id, object_id, position)
    overriding system value values ($1, $2, $3, $4, $5, $6, $7)`
  const values = [row.actor_id, row.request_id]
  await tamper(back, [newId(), row.at, row.action, ...values, row.object_id, row.position])
  const [replaced, ...more] = await faults()
  assert.match(replaced ?? '', /position 2 is not as it was sealed/)
  assert.deepEqual(more, [])
  await tamper('delete from audit.entry where position = $1', [row.position])
  const { rows: times } = await owner.query(`select at::text from audit.entry limit 1`)
  assert.ok(times.length === 1)
})

test('a block that was rewritten to fit the tampering no longer fits the next one', async () => {
  await tamper(`update audit.block set entry_hashes = substring(entry_hashes from 33), entries = entries - 1,
    hash = sha256('rewritten') where number = 1`)
  const found = await faults()
  assert.ok(found.includes('block 1 was changed'), found.join('; '))
  assert.ok(found.includes('block 2 does not follow the block before it'), found.join('; '))
})

test('blocks that were cut off are missed by whoever wrote the head down', async () => {
  const { head, blocks } = await verdict()
  await tamper('delete from audit.block where number = $1', [blocks])
  const { faults: found } = await verdict(head)
  assert.ok(found.some(one => one.startsWith(`no block has the head ${head}`)))
})

test('the application itself may neither change nor remove a seal', async () => {
  for (const text of ['update audit.block set number = 9', 'delete from audit.block']) {
    await assert.rejects(own.database.pool.query(text), { code: '42501' })
  }
})
