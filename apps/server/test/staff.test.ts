import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Role, RoleChange, StaffMember } from '@janta/contracts'
import { sql } from 'kysely'
import { staffCommands } from '../src/commands/staff.ts'
import { api, Browser, mobileOf, type TestWeb, testWeb } from './web-for-tests.ts'

let web: TestWeb
let administrator: Browser
let keeper: Browser
before(async () => {
  web = await testWeb({ sample: true })
  administrator = await new Browser(web.app).signIn(mobileOf.administrator)
})
after(() => web.close())

const set = (mobile: string, roles: string[], name = 'N. Sample') =>
  administrator.send(api.setStaff, { body: { mobile, name, roles } })
const everybody = async (): Promise<StaffMember[]> =>
  (await administrator.send(api.listStaff)).json().items
const run = async (command: string, ...args: string[]) => {
  const said: string[] = []
  const say = (line: string) => void said.push(line)
  const context = { args, surroundings: web.surroundings, say }
  const code = await staffCommands[command]!.run(context as never)
  return { code, said: said.join('\n') }
}
const trail = async (action: string) =>
  (
    await sql<{ by: string | null; about: string | null }>`
      select actor_id as by, object_id as about from audit.entry where action = ${action}
      order by at, id limit 50`.execute(web.own.database.db)
  ).rows

test('a new colleague is given roles before she ever signed in, and they are hers when she does', async () => {
  const answer = await set('98765 43210', ['stock_keeper'])
  assert.equal(answer.statusCode, 200, answer.body)
  const added: StaffMember = answer.json()
  assert.deepEqual([added.roles, added.openSessions], [['stock_keeper'], 0])
  assert.equal(added.mobileMasked, '+91 98••• ••210')
  keeper = await new Browser(web.app).signIn('+919876543210')
  assert.equal((await keeper.send(api.listBatches)).statusCode, 200)
  assert.equal((await keeper.send(api.listStaff)).statusCode, 403)
  const entry = (await trail('identity.roles_changed')).at(-1)
  assert.ok(entry?.by && entry.about === added.id)
})

test('who leaves is out on every device at once, and stays on the list of who was here', async () => {
  const left: StaffMember = (await set('+919876543210', [])).json()
  assert.deepEqual([left.roles, left.openSessions], [[], 0])
  assert.equal((await keeper.send(api.listBatches)).statusCode, 401)
  assert.equal((await everybody()).at(-1)?.id, left.id)
})

test('roles are given and taken by one tap of the list, put back, and every change says by whom', async () => {
  const [colleague] = (await everybody()).filter(one => one.roles.includes('stock_keeper'))
  assert.ok(colleague)
  const give = async (roles: Role[]) => {
    const request = { params: { id: colleague.id }, body: { roles } }
    return (await administrator.send(api.setStaffRoles, request)).json() as StaffMember
  }
  assert.deepEqual((await give(['pharmacist'])).roles, ['pharmacist'])
  assert.deepEqual((await give(colleague.roles)).roles, colleague.roles)
  const { items }: { items: RoleChange[] } = (await administrator.send(api.listRoleChanges)).json()
  const hers = items.filter(one => one.personId === colleague.id).slice(0, 4)
  assert.deepEqual(hers.map(one => `${one.kind} ${one.role}`).toSorted(), [
    'given pharmacist',
    'given stock_keeper',
    'taken pharmacist',
    'taken stock_keeper',
  ])
  assert.ok(hers.every(one => one.byName !== null && one.byId !== colleague.id))
  const nobody = { params: { id: randomUUID() }, body: { roles: [] } }
  assert.equal((await administrator.send(api.setStaffRoles, nobody)).statusCode, 404)
})

test('a lost phone is signed out, and its owner keeps her roles', async () => {
  const phone = await new Browser(web.app).signIn(mobileOf.pharmacist)
  const owner = (await everybody()).find(one => one.roles.includes('pharmacist'))!
  assert.ok(owner.openSessions >= 1)
  const answer = await administrator.send(api.endStaffSessions, { params: { id: owner.id } })
  assert.deepEqual([answer.json().openSessions, answer.json().roles], [0, owner.roles])
  assert.equal((await phone.send(api.listBatches)).statusCode, 401)
  assert.equal((await trail('identity.sessions_ended')).at(-1)?.about, owner.id)
})

test('nobody can be left without an administrator, not by two who take each other’s role', async () => {
  const administrators = (await everybody()).filter(one => one.roles.includes('administrator'))
  assert.equal(administrators.length, 1)
  const alone = await set(mobileOf.administrator, ['pharmacist'], 'A. Sample')
  assert.deepEqual([alone.statusCode, alone.json().code], [409, 'last_administrator'])
  assert.equal((await set('9876500000', ['administrator'], 'B. Sample')).statusCode, 200)
  const both = await Promise.all([
    run('staff set', mobileOf.administrator, 'A. Sample', 'none'),
    run('staff set', '9876500000', 'B. Sample', 'none'),
  ])
  assert.deepEqual(
    both.map(one => one.code).toSorted((a, b) => Number(a) - Number(b)),
    [0, 1],
  )
  assert.match(both.map(one => one.said).join('\n'), /Somebody must stay administrator/)
})

test('at the terminal the first administrator is appointed, and the trail says that nobody was signed in', async () => {
  const appointed = await run(
    'staff set',
    mobileOf.administrator,
    'A. Sample',
    'administrator,pharmacist',
  )
  assert.equal(appointed.code, 0, appointed.said)
  assert.equal((await trail('identity.roles_changed')).at(-1)?.by, null)
  assert.match((await run('staff')).said, /A\. Sample: administrator, pharmacist/)
  for (const wrong of [[], ['98765'], ['9876543210', 'N', 'owner'], ['12', 'N', 'pharmacist']]) {
    assert.equal((await run('staff set', ...wrong)).code, 1)
  }
})
