import { onStopRequest } from '../supervisor/stop-requests.ts'
import { reportFailure } from '../trouble.ts'

const stoppedCode = 130

/** Runs a command that can be stopped with Ctrl-C and ends the process with a truthful code. */
export async function stoppable(command: (stopping: AbortSignal) => Promise<boolean>) {
  const stopping = new AbortController()
  onStopRequest(
    () => stopping.abort(),
    () => process.exit(stoppedCode),
  )
  try {
    process.exitCode = (await command(stopping.signal)) ? 0 : 1
  } catch (error) {
    if (stopping.signal.aborted) {
      console.log('\nStopped.')
      process.exitCode = stoppedCode
    } else reportFailure(error)
  }
  process.exit()
}
