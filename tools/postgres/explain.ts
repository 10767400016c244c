/** Why PostgreSQL did not start, as far as its own words tell. */
export type StartFailure =
  | 'port_taken'
  | 'disk_full'
  | 'still_leaving'
  | 'other_version'
  | 'no_memory'
  | 'unknown'

// PostgreSQL's messages are in English because we start it with lc_messages=C.
const tells: [RegExp, StartFailure][] = [
  [/could not bind|Address already in use/i, 'port_taken'],
  [/No space left on device|Disk quota exceeded/i, 'disk_full'],
  [
    /pre-existing shared memory block|lock file "postmaster\.pid" (already exists|is empty)/i,
    'still_leaving',
  ],
  [/database files are incompatible|initialized by PostgreSQL version/i, 'other_version'],
  [/Cannot allocate memory|could not (create|resize) shared memory/i, 'no_memory'],
]

export function whyNotStarted(log: string): StartFailure {
  return tells.find(([words]) => words.test(log))?.[1] ?? 'unknown'
}

/** One sentence for the person at the keyboard: what happened, what is safe, what to do. */
export function adviceFor(failure: StartFailure, dataDir: string, log: string): string {
  const advice: Record<StartFailure, string> = {
    port_taken: 'Every port PostgreSQL tried was taken. Stop what uses them and start again.',
    disk_full: `The disk that holds ${dataDir} is full, so PostgreSQL stopped before it could lose anything. Make room (a few hundred MB) and start again: what was saved is still there.`,
    still_leaving: `An earlier PostgreSQL still uses ${dataDir} and does not leave. Wait a moment and start again.`,
    other_version: `The data in ${dataDir} were written by another major version of PostgreSQL. Check out the version of this project that wrote them, or run "npm run reset" to start anew.`,
    no_memory: 'PostgreSQL could not get enough memory. Close other programs and start again.',
    unknown: `PostgreSQL did not start on ${dataDir}. Its last words:\n${lastLines(log)}`,
  }
  return advice[failure]
}

function lastLines(log: string): string {
  return log.trim().split('\n').slice(-8).join('\n')
}
