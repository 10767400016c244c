import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { identityOf, isAlive, isGoneWithin, membersOfGroup, signal } from '../living-process.ts'
import type { ProcessIdentity } from '../living-process.ts'

export interface WrittenProcess extends ProcessIdentity {
  name: string
}

const politeMs = 5_000
const hardMs = 5_000

/**
 * The children of a supervisor, written down with their start times so that whoever comes after a
 * `kill -9` can end exactly them and never a stranger that was given one of their pids.
 */
export function writeChildren(file: string, children: readonly WrittenProcess[]): void {
  writeFileSync(`${file}.new`, JSON.stringify(children))
  renameSync(`${file}.new`, file)
}

/** Ends what an earlier supervisor left running; returns the names of what was still alive. */
export async function endLeftOvers(file: string): Promise<string[]> {
  if (!existsSync(file)) return []
  const children = JSON.parse(readFileSync(file, 'utf8')) as WrittenProcess[]
  const living = children.filter(child => isAlive(child))
  await Promise.all(living.map(child => endGroup(child)))
  writeChildren(file, [])
  return living.map(child => child.name)
}

/** Asks a process and its whole group to end, and after `waitMs` makes them. */
export async function endGroup(leader: ProcessIdentity, waitMs = politeMs): Promise<void> {
  if (isAlive(leader)) {
    signalGroup(leader.pid, 'SIGTERM')
    await isGoneWithin(leader, waitMs)
  }
  // While a member lives its group's number cannot be given to anybody else.
  const members = membersOfGroup(leader.pid).flatMap(pid => identityOf(pid) ?? [])
  if (members.length > 0 && !isRecycled(leader)) signalGroup(leader.pid, 'SIGKILL')
  await Promise.all(members.map(member => isGoneWithin(member, hardMs)))
}

export function signalGroup(groupId: number, name: NodeJS.Signals): boolean {
  return signal(-groupId, name)
}

function isRecycled(leader: ProcessIdentity): boolean {
  const today = identityOf(leader.pid)
  return today !== undefined && today.startedAt !== leader.startedAt
}
