import { holderOf, takeLock } from '../lock.mjs'
import { printWelcome } from '../local/welcome.ts'
import { createStack } from '../local/stack.ts'
import { jantaDir, startLock } from '../project.ts'
import { say } from '../supervisor/say.ts'
import { onStopRequest } from '../supervisor/stop-requests.ts'
import { reportFailure, Trouble } from '../trouble.ts'

const defaultPort = 4300

/** The whole pharmacy on this machine, until Ctrl-C. */
async function start(): Promise<void> {
  const startedAt = Date.now()
  const firstPort = Number(process.env['JANTA_PORT'] ?? defaultPort)
  if (!Number.isInteger(firstPort) || firstPort < 1024 || firstPort > 65_000) {
    throw new Trouble('JANTA_PORT must be a whole number from 1024 to 65000.')
  }
  const lock = await takeLock(startLock)
  if (!lock) {
    const pid = await holderOf(startLock)
    throw new Trouble(`The pharmacy already runs here (process ${pid}). Stop it with Ctrl-C first.`)
  }
  const stack = createStack({ home: jantaDir, durable: true, firstPort, say })
  const stopped = stopOnRequest(
    () => stack.stop(),
    () => stack.kill(),
  )
  try {
    const addresses = await Promise.race([stack.start(), stopped])
    if (addresses) {
      printWelcome(addresses, Date.now() - startedAt)
      const trouble = await Promise.race([stack.broken, stopped])
      if (trouble) throw trouble
    }
  } catch (error) {
    await stack.stop()
    throw error
  } finally {
    await lock.release()
  }
}

/** Settles with nothing when somebody asked us to stop and everything has stopped. */
function stopOnRequest(stop: () => Promise<void>, kill: () => void): Promise<undefined> {
  return new Promise((done, fail) => {
    onStopRequest(
      reason => {
        say('janta', `stopping (${reason})`)
        stop().then(() => {
          say('janta', 'stopped; your data are kept in .janta')
          done(undefined)
        }, fail)
      },
      () => {
        kill()
        process.exit(1)
      },
    )
  })
}

// A reader that goes away (a closed pipe) must not leave the pharmacy half stopped.
process.stdout.on('error', () => process.emit('SIGTERM'))
try {
  await start()
} catch (error) {
  reportFailure(error)
}
process.exit()
