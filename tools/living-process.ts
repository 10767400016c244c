import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'

/** One process of one boot. The pid alone may be given to a stranger after a crash. */
export interface ProcessIdentity {
  pid: number
  startedAt: string
}

const waitStepMs = 25

/** When the process started, as text that no later process with the same pid can share. */
export function startOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return startFromPs(pid)
  const fields = statOf(pid)
  if (!fields || fields[0] === 'Z' || fields[0] === 'X') return undefined
  return `${bootId()}:${fields[19]}`
}

export function identityOf(pid: number): ProcessIdentity | undefined {
  const startedAt = startOf(pid)
  return startedAt === undefined ? undefined : { pid, startedAt }
}

export function isAlive(identity: ProcessIdentity): boolean {
  return startOf(identity.pid) === identity.startedAt
}

/** True when the process was gone within `waitMs`. */
export async function isGoneWithin(identity: ProcessIdentity, waitMs: number): Promise<boolean> {
  const deadline = Date.now() + waitMs
  while (isAlive(identity)) {
    if (Date.now() >= deadline) return false
    await new Promise(done => setTimeout(done, waitStepMs))
  }
  return true
}

/** The living members of a process group. Linux only; elsewhere the leader stands for them. */
export function membersOfGroup(groupId: number): number[] {
  if (process.platform !== 'linux') return startOf(groupId) === undefined ? [] : [groupId]
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => {
      const fields = statOf(pid)
      return fields !== undefined && fields[0] !== 'Z' && Number(fields[2]) === groupId
    })
}

/** Sends a signal, and says whether there was somebody to get it. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw error
  }
}

// The fields after the command name, which may itself contain spaces and brackets:
// [0] state, [1] parent, [2] group, [19] start in clock ticks since boot (proc_pid_stat(5)).
function statOf(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
}

function startFromPs(pid: number): string | undefined {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return undefined
  }
}
