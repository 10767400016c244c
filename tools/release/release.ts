/**
 * Puts an image live: `node tools/release/release.ts server|shop IMAGE`. Migration first, then the
 * services, then questions to the real site; if one of them fails, the services go back to what they
 * ran. The previous release works on the new schema, so a migration never has to be undone.
 */
import { aws } from './aws.ts'
import { runMigration } from './migrate.ts'
import { currentDefinition, replaceTasks, rolledOut, type TaskGroup } from './roll-out.ts'
import { smoke } from './smoke.ts'
import { withImage } from './task-definition.ts'

/** Worker services beside the one every installation has, as the runtime stack's output `Workers` names them. */
const workers = (process.env['RELEASE_WORKERS'] || 'worker').split(',')
const services = { server: ['api', ...workers], shop: ['shop'] } as const
const waitMs = Number(process.env['RELEASE_ROUND_MS'] ?? 5_000)

const say = (line: string) => process.stdout.write(`${line}\n`)

function given(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is missing: it is a variable of the GitHub environment.`)
  return value
}

async function migrate(cluster: string, image: string): Promise<void> {
  const definition = withImage(`${cluster}-migrate`, image)
  const subnets = given('MIGRATE_SUBNETS')
  const securityGroup = given('MIGRATE_SECURITY_GROUP')
  await runMigration({ cluster, definition, subnets, securityGroup }, waitMs)
  say('migrated')
}

async function replace(all: readonly { service: TaskGroup; definition: string }[]): Promise<void> {
  for (const { service, definition } of all) replaceTasks(service, definition)
  for (const { service, definition } of all) {
    await rolledOut(service, definition, waitMs)
    say(`${service.name} runs ${definition}`)
  }
}

async function release(program: 'server' | 'shop', image: string): Promise<void> {
  const cluster = given('RELEASE_PREFIX')
  const site = given('SITE_URL')
  const own = services[program].map(task => ({ cluster, name: `${cluster}-${task}` }))
  const before = own.map(service => ({ service, definition: currentDefinition(service) }))
  if (program === 'server') await migrate(cluster, image)
  // The clock starts the newest backup definition, so it is only written, not run.
  if (program === 'server') withImage(`${cluster}-backup`, image)
  const after = own.map(service => ({ service, definition: withImage(service.name, image) }))
  try {
    await replace(after)
    await smoke(site, waitMs)
  } catch (error) {
    say(`going back: ${(error as Error).message}`)
    await replace(before)
    throw error
  }
  const tag = image.slice(image.lastIndexOf(':') + 1)
  const note = ['--name', `/${cluster}/release/${program}`, '--value', tag, '--overwrite']
  aws('ssm', 'put-parameter', ...note)
  say(`${program} ${tag} is live`)
}

const [program, image = ''] = process.argv.slice(2)
if ((program !== 'server' && program !== 'shop') || !/^[\w./-]+:[\w.-]+$/.test(image)) {
  throw new Error('Say: node tools/release/release.ts server|shop REPOSITORY:TAG')
}
await release(program, image)
