import http from 'node:http'
import pg from 'pg'

// A server of a few lines for the tests of the stack: it needs the same settings and database as the
// real one and answers on the same addresses.

const command = process.argv[2]
const url = command === 'prepare' ? process.env['DATABASE_OWNER_URL'] : process.env['DATABASE_URL']
const needed = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'SECRET_KEY', 'PUBLIC_URL', 'PORT']
for (const name of needed) if (!process.env[name]) throw new Error(`${name} is missing`)

async function ask(sql: string): Promise<string> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<{ answer: string }>(sql)
    return rows[0]?.answer ?? ''
  } finally {
    await client.end()
  }
}

if (command === 'prepare') {
  await ask('create schema if not exists trial authorization janta_owner')
  await ask('create table if not exists trial.visit (at timestamptz not null default now())')
  await ask('grant usage on schema trial to janta_app')
  await ask('grant insert, select on trial.visit to janta_app')
  console.log('loading')
  console.log(JSON.stringify({ logins: [{ role: 'pharmacist', email: 'asha@example.in' }] }))
} else if (command === 'worker') {
  process.once('SIGTERM', () => process.exit(0))
  setInterval(() => undefined, 1_000)
} else {
  const server = http.createServer((request, response) => {
    const visit = `with v as (insert into trial.visit default values returning 1)
      select 'visit ' || (select count(*) from trial.visit) as answer`
    ask(request.url === '/health/ready' ? `select 'ready' as answer` : visit).then(
      answer => response.end(answer),
      () => response.writeHead(503).end(),
    )
  })
  server.listen(Number(process.env['PORT']), process.env['HOST'])
  process.once('SIGTERM', () => process.exit(0))
}
