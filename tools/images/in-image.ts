import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readSync } from 'node:fs'
import { arch } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { onPath } from '../found-program.ts'
import { Trouble } from '../trouble.ts'
import { userId } from './recipe.ts'

const waitMsMax = 60_000
const pollMs = 10

const inside = `
set -e
mount --bind "$ROOT" "$ROOT"
mount -t tmpfs -o size=64m tmpfs "$ROOT/tmp"
mount -t proc proc "$ROOT/proc"
mount --rbind /dev "$ROOT/dev"
mount -o remount,ro,bind "$ROOT"
set -- /usr/local/bin/node "$@"
if [ -n "$EMULATOR" ]; then cp "$EMULATOR" "$ROOT/tmp/emulator"; set -- /tmp/emulator "$@"; fi
exec chroot --userspec=${userId}:${userId} "$ROOT" "$@"
`

const node = 'usr/local/bin/node'
/** What an ELF file says of its machine, in Node's words and in the emulator's. */
const machines: Readonly<Record<number, { node: string; qemu: string }>> = {
  0x3e: { node: 'x64', qemu: 'qemu-x86_64-static' },
  0xb7: { node: 'arm64', qemu: 'qemu-aarch64-static' },
}

/**
 * The program that runs an image of another kind of machine here; null for an image of this one. Refuses when it is not
 * installed. What runs in it is many times slower: that it runs is proven, not how fast.
 */
export function emulatorOf(root: string): string | null {
  const file = openSync(path.join(root, node), 'r')
  const header = Buffer.alloc(20)
  readSync(file, header, 0, header.length, 0)
  closeSync(file)
  const machine = machines[header.readUInt16LE(18)]
  if (!machine) throw new Trouble('The Node of this image is of a machine nobody knows.')
  if (machine.node === arch()) return null
  const found = onPath([machine.qemu])
  if (found) return found
  throw new Trouble(`Starting this image here needs ${machine.qemu}. Install "qemu-user-static".`)
}

/**
 * Runs a program of a prepared image in namespaces of its own, as production does: a root that cannot be written, the
 * user without a name, a /tmp, and exactly this environment. Needs root for the mounts.
 */
export function startInImage(
  root: string,
  program: readonly string[],
  env: Record<string, string>,
): ChildProcess {
  const args = ['--mount', '--propagation', 'private', 'sh', '-c', inside, 'sh', ...program]
  return spawn('unshare', args, {
    env: {
      ...env,
      ROOT: path.resolve(root),
      EMULATOR: emulatorOf(root) ?? '',
      PATH: process.env['PATH'] ?? '',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
}

/** The code a process ends with; 128 for one that was ended. */
export const exitOf = (child: ChildProcess): Promise<number> =>
  new Promise(done => child.once('exit', (code, signal) => done(code ?? (signal ? 128 : 1))))

/** Resolves as soon as `url` answers well; refuses when the process ended before or the wait is over. */
export async function readyWithin(url: string, ended: Promise<number>): Promise<void> {
  let code: number | undefined
  void ended.then(given => (code = given))
  const deadline = performance.now() + waitMsMax
  while (performance.now() < deadline) {
    if (code !== undefined) throw new Trouble(`The program ended with ${code} before it was ready.`)
    const isReady = await fetch(url).then(
      answer => answer.ok,
      () => false,
    )
    if (isReady) return
    await pause(pollMs)
  }
  throw new Trouble(`The program was not ready within ${waitMsMax} ms.`)
}

/** Asks a program to end and waits; refuses when it did not drain. Answers how long it took, in ms. */
export async function stopped(child: ChildProcess, ended: Promise<number>): Promise<number> {
  const from = performance.now()
  child.kill('SIGTERM')
  const code = await ended
  if (code !== 0) throw new Trouble(`The program did not drain: it ended with ${code}.`)
  return performance.now() - from
}

/** Prints what was measured and marks the process failed when it was ready too late on a machine of its own kind. */
export function report(
  root: string,
  measured: Readonly<Record<string, number>>,
  readyMsMax: number,
): void {
  for (const [name, ms] of Object.entries(measured)) {
    process.stdout.write(`${name} ${ms.toFixed(0)}\n`)
  }
  if (emulatorOf(root) !== null) process.stdout.write('on an emulated processor\n')
  else if ((measured['readyMs'] ?? Infinity) > readyMsMax) {
    process.stdout.write(`ready took over ${readyMsMax} ms\n`)
    process.exitCode = 1
  }
}
