const parentPollMs = 500
// Ctrl-C reaches us from the terminal and once more through npm and tools/run.mjs.
const sameRequestMs = 1_000

/**
 * Calls `onStop` once when somebody wants us to end: Ctrl-C, a termination signal, a closed
 * terminal, or the death of whoever started us. A second, later Ctrl-C calls `onSecond`.
 */
export function onStopRequest(onStop: (reason: string) => void, onSecond: () => void): () => void {
  let askedAt: number | undefined
  const ask = (reason: string) => {
    const now = Date.now()
    if (askedAt === undefined) {
      askedAt = now
      onStop(reason)
    } else if (now - askedAt > sameRequestMs) onSecond()
  }
  const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const name of signals) process.on(name, ask)

  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent || askedAt !== undefined) return
    ask('our parent is gone')
  }, parentPollMs)
  watch.unref()
  return () => {
    clearInterval(watch)
    for (const name of signals) process.off(name, ask)
  }
}
