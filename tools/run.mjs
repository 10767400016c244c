import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

// What `npm start`, `npm test` and the others run: plain JavaScript for Node 20 without any
// dependency. It brings the dependencies and Node 24, then hands over to tools/commands/<name>.ts.

const nodeMin = [24, 12]
const parentPollMs = 1_000
const toolsDir = path.dirname(fileURLToPath(import.meta.url))
const projectDir = path.dirname(toolsDir)

const [command = '', ...args] = process.argv.slice(2)
try {
  process.exitCode = await main()
} catch (error) {
  console.error(`\n✗ ${error.message}\n`)
  process.exitCode = 1
}

async function main() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new Error(
      `Node ${process.versions.node} is too old. Install Node 20 or newer and run the command again.`,
    )
  }
  const file = path.join(toolsDir, 'commands', `${command}.ts`)
  if (!/^[a-z-]+$/.test(command) || !fs.existsSync(file)) {
    throw new Error(`There is no command "${command}". See the scripts in package.json.`)
  }
  // Imported here, so that an old Node gets the sentence above and not a syntax error.
  const { installIfNeeded } = await import('./install.mjs')
  await installIfNeeded(projectDir)
  return runCommand(findNode24(), file)
}

/** Node 24 from npm, which is what production runs; elsewhere the Node we have, if new enough. */
function findNode24() {
  const name = `node-${process.platform}-${process.arch}`
  const fromNpm = path.join(projectDir, 'node_modules', name, 'bin', 'node')
  if (fs.existsSync(fromNpm)) return fromNpm
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > nodeMin[0] || (major === nodeMin[0] && minor >= nodeMin[1])) return process.execPath
  throw new Error(
    `npm has no Node 24 for ${process.platform}-${process.arch}. Install Node ${nodeMin.join('.')} or newer and run the command again.`,
  )
}

function runCommand(node, file) {
  // Every Node under us keeps its compiled code here: the second start of a part costs half the processor time.
  const cache = path.join(projectDir, '.janta', 'compile-cache')
  const env = { NODE_COMPILE_CACHE: cache, ...process.env }
  const child = spawn(node, [file, ...args], { cwd: projectDir, stdio: 'inherit', env })
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name))
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM')
  }, parentPollMs)
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('exit', (code, name) => {
      clearInterval(watch)
      done(code ?? 128 + os.constants.signals[name])
    })
  })
}
