import { aptInstall, mayUseApt, onPath } from './found-program.ts'
import { Trouble } from './trouble.ts'

/**
 * A redis-server to run tests with: the machine's own, else one installed here and now where that is
 * allowed. Refuses with what to install; it never answers "none", so no suite is left out silently.
 */
export async function findRedis(say: (line: string) => void = () => undefined): Promise<string> {
  const names = ['redis-server', 'valkey-server']
  const found = onPath(names)
  if (found) return found
  if (mayUseApt()) {
    say('installing redis-server')
    await aptInstall('redis-server')
    const installed = onPath(names)
    if (installed) return installed
  }
  throw new Trouble(
    'The Redis suites need a redis-server (or valkey-server) on PATH, and it can be installed here only by root on Debian or Ubuntu. Install the package "redis-server" and run the command again.',
  )
}
