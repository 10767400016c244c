import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { takeLock } from './lock.mjs'

// Plain JavaScript for Node 20: this runs before Node 24 and every library are there.

const lockWaitMs = 15 * 60_000
const progressMs = 5_000

/**
 * Installs the dependencies when they are missing or not those of package-lock.json, and says so.
 * An install that was cut short counts as none. Throws an Error whose message says what to do.
 */
export async function installIfNeeded(projectDir, say = console.log) {
  if (isInstalled(projectDir)) return false
  const onWait = pid => say(`Waiting for process ${pid}, which is installing`)
  const lock = await takeLock(`install ${projectDir}`, { waitMs: lockWaitMs, onWait })
  if (!lock) throw new Error('Another install does not finish. Stop it and try again.')
  try {
    if (isInstalled(projectDir)) return false
    fs.mkdirSync(path.join(projectDir, '.janta'), { recursive: true })
    fs.rmSync(stampFile(projectDir), { force: true })
    if (!matchesLock(projectDir)) await runInstall(projectDir, say)
    fs.writeFileSync(stampFile(projectDir), stampOf(projectDir))
    return true
  } finally {
    await lock.release()
  }
}

/** True when the last install that finished here was of this very package-lock.json. */
export function isInstalled(projectDir) {
  if (!fs.existsSync(installedLock(projectDir)) || !fs.existsSync(stampFile(projectDir)))
    return false
  return fs.readFileSync(stampFile(projectDir), 'utf8') === stampOf(projectDir)
}

/**
 * True when node_modules, as npm itself wrote it down at the end of its last work, holds every
 * required package of package-lock.json: somebody ran `npm install` by hand.
 */
export function matchesLock(projectDir) {
  if (!fs.existsSync(installedLock(projectDir))) return false
  const wanted = JSON.parse(fs.readFileSync(path.join(projectDir, 'package-lock.json'), 'utf8'))
  const there = JSON.parse(fs.readFileSync(installedLock(projectDir), 'utf8'))
  return Object.entries(wanted.packages)
    .filter(([place]) => place.includes('node_modules/'))
    .every(([place, entry]) => {
      const found = there.packages[place]
      if (!found) return entry.optional === true && !isForThisMachine(entry)
      return found.version === entry.version
    })
}

/** The command line of the npm that runs us, else of the one on PATH. */
export function npmCommand() {
  const script = process.env.npm_execpath
  if (script && /npm-cli\.(c|m)?js$/.test(script)) return [process.execPath, script]
  return ['npm']
}

async function runInstall(projectDir, say) {
  const lockFile = path.join(projectDir, 'package-lock.json')
  const { packages } = JSON.parse(fs.readFileSync(lockFile, 'utf8'))
  const places = Object.entries(packages)
    .filter(([place, entry]) => place.includes('node_modules/') && isForThisMachine(entry))
    .map(([place]) => path.join(projectDir, place, 'package.json'))
  say(`Installing ${places.length} packages (once, and again when they change)`)
  const progress = setInterval(() => {
    const done = places.filter(file => fs.existsSync(file)).length
    say(`  ${done} of ${places.length} packages`)
  }, progressMs)
  // No script of any package runs: npm 12 would not run them, so none may be needed.
  const flags = [
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--include=dev',
    '--include=optional',
  ]
  try {
    await npm(['ci', ...flags], projectDir)
  } finally {
    clearInterval(progress)
  }
  say('Installed.')
}

/** Runs npm quietly; throws with its words when it fails. */
export function npm(args, cwd) {
  const [program, ...first] = npmCommand()
  return new Promise((done, fail) => {
    const child = spawn(program, [...first, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let words = ''
    child.stdout.on('data', part => (words += part))
    child.stderr.on('data', part => (words += part))
    child.once('error', error => fail(new Error(`npm could not be started: ${error.message}`)))
    child.once('close', code => (code === 0 ? done() : fail(new Error(adviceFor(words)))))
  })
}

/** What a failed install means for the person who waits for it. */
export function adviceFor(words) {
  const tail = words.trim().split('\n').slice(-15).join('\n')
  if (/ENOSPC/.test(words))
    return 'The disk is full. Make room (about 1 GB) and run the command again.'
  if (/EACCES|EPERM/.test(words)) {
    return `npm may not write here. Run the command as the owner of this folder.\n${tail}`
  }
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET/.test(words)) {
    return `The package registry could not be reached. Check the network and run the command again.\n${tail}`
  }
  return `npm could not install the dependencies:\n${tail}`
}

// npm's own rule: one name or a list of names, where a leading "!" excludes one.
function isForThisMachine(entry) {
  return suits(entry.os, process.platform) && suits(entry.cpu, process.arch) && suitsLibc(entry)
}

function suits(names, name) {
  const list = [names ?? []].flat()
  if (list.length === 0) return true
  if (list.includes(`!${name}`)) return false
  return list.every(one => one.startsWith('!')) || list.includes(name)
}

function suitsLibc(entry) {
  if (!entry.libc || process.platform !== 'linux') return true
  // The report would otherwise look up the names of every open connection.
  process.report.excludeNetwork = true
  return suits(entry.libc, process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl')
}

function installedLock(projectDir) {
  return path.join(projectDir, 'node_modules', '.package-lock.json')
}

function stampFile(projectDir) {
  return path.join(projectDir, '.janta', 'installed')
}

function stampOf(projectDir) {
  const lock = fs.readFileSync(path.join(projectDir, 'package-lock.json'))
  return `${process.platform}-${process.arch} ${createHash('sha256').update(lock).digest('hex')}`
}
