import path from 'node:path'
import { bootstrapDatabase, databaseIdentity } from '../postgres/bootstrap.ts'
import type { DatabaseUrls } from '../postgres/bootstrap.ts'
import { startPostgres } from '../postgres/index.ts'
import type { Postgres } from '../postgres/index.ts'
import { Trouble } from '../trouble.ts'

export interface TendedPostgres {
  urls: DatabaseUrls
  /** Which database this is: another one after a reset. */
  identity: string
  stop(): Promise<void>
  /** Ends the server at once; what was committed is safe. */
  kill(): void
}

const watchMs = 500
const fallsMax = 5

/** PostgreSQL with the pharmacy's database in it, started again whenever it ends by itself. */
export async function tendPostgres(options: {
  home: string
  durable: boolean
  preferredPort: number
  say: (line: string) => void
  onBroken: (trouble: Trouble) => void
}): Promise<TendedPostgres> {
  const dir = path.join(options.home, 'postgres')
  const start = () => startPostgres({ ...options, dir })
  let postgres: Postgres = await start()
  if (postgres.adopted) options.say(`adopted the running server (process ${postgres.pid})`)
  let falls = 0
  let isBusy = false
  const watch = setInterval(async () => {
    if (isBusy || postgres.isAlive()) return
    isBusy = true
    try {
      if (++falls > fallsMax)
        throw new Trouble(`PostgreSQL ended ${falls} times. See its log in ${dir}.`)
      options.say('ended; starting it again')
      const { port } = postgres
      postgres = await start()
      if (postgres.port !== port) throw new Trouble(`PostgreSQL could not get port ${port} back.`)
      options.say('is back')
      isBusy = false
    } catch (error) {
      clearInterval(watch)
      options.onBroken(
        error instanceof Trouble ? error : new Trouble(String(error), { cause: error }),
      )
    }
  }, watchMs)
  watch.unref()
  const urls = await bootstrapDatabase(postgres.adminUrl)
  return {
    urls,
    identity: await databaseIdentity(postgres.adminUrl),
    stop: async () => {
      clearInterval(watch)
      await postgres.stop()
    },
    kill: () => {
      clearInterval(watch)
      if (postgres.isAlive()) process.kill(postgres.pid, 'SIGQUIT')
    },
  }
}
