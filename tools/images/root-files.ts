import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { architectures, debianPackages, userId } from './recipe.ts'
import type { Architecture } from './recipe.ts'

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg'
const sources = [
  `deb [signed-by=${keyring}] http://deb.debian.org/debian bookworm main`,
  `deb [signed-by=${keyring}] http://deb.debian.org/debian-security bookworm-security main`,
  '',
].join('\n')

/** Text for people and tables for other alphabets: nothing that runs reads them. */
const leftOut = ['usr/share/{man,locale,lintian,info,bug}', 'usr/lib/*/gconv', 'usr/sbin', 'sbin']

export interface DebianPackage {
  readonly name: string
  readonly version: string
  readonly architecture: string
}

/**
 * Fills `root` with the libraries of Debian 12 for an architecture, which may be another one than
 * this machine's: packages are fetched signed and unpacked, never run. Returns what was unpacked.
 */
export function layRootFiles(root: string, architecture: Architecture): DebianPackage[] {
  const work = mkdtempSync(path.join(tmpdir(), 'janta-debian-'))
  try {
    const packages = fetchPackages(work, architectures[architecture].debian).map(file =>
      unpack(root, file),
    )
    for (const each of globSync(leftOut, { cwd: root })) {
      rmSync(path.join(root, each), { recursive: true })
    }
    gatherAuthorities(root)
    writeAccounts(root)
    return packages
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** An apt of our own, so that the machine's sources and architecture do not matter. */
function fetchPackages(work: string, debian: string): string[] {
  for (const folder of ['lists/partial', 'cache/archives/partial', 'debs']) {
    mkdirSync(path.join(work, folder), { recursive: true })
  }
  writeFileSync(path.join(work, 'status'), '')
  writeFileSync(path.join(work, 'sources.list'), sources)
  const settings = {
    'APT::Architecture': debian,
    'APT::Architectures': debian,
    'APT::Sandbox::User': '',
    'Dir::Cache': path.join(work, 'cache'),
    'Dir::Etc::SourceList': path.join(work, 'sources.list'),
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::State': work,
    'Dir::State::Lists': path.join(work, 'lists'),
    'Dir::State::Status': path.join(work, 'status'),
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])
  const cwd = path.join(work, 'debs')
  execFileSync('apt-get', ['-qq', ...options, 'update'], { cwd, stdio: ['ignore', 2, 2] })
  execFileSync('apt-get', ['-qq', ...options, 'download', ...debianPackages], {
    cwd,
    stdio: ['ignore', 2, 2],
  })
  const files = globSync('*.deb', { cwd }).sort()
  if (files.length !== debianPackages.length) throw new Error(`apt brought ${files.join(', ')}`)
  return files.map(file => path.join(cwd, file))
}

/** Unpacks one package and notes it where scanners of images look. */
function unpack(root: string, file: string): DebianPackage {
  execFileSync('dpkg-deb', ['-x', file, root])
  const fields = execFileSync('dpkg-deb', ['-f', file], { encoding: 'utf8' })
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(fields)?.[1] ?? ''
  const notes = path.join(root, 'var/lib/dpkg/status.d')
  mkdirSync(notes, { recursive: true })
  writeFileSync(path.join(notes, field('Package')), fields)
  return {
    name: field('Package'),
    version: field('Version'),
    architecture: field('Architecture'),
  }
}

/** Debian gathers the authorities in a script after installing; ours runs no script. */
function gatherAuthorities(root: string): void {
  const folder = path.join(root, 'usr/share/ca-certificates')
  const authorities = globSync('mozilla/*.crt', { cwd: folder }).sort()
  if (authorities.length < 50) throw new Error(`only ${authorities.length} authorities were found`)
  const target = path.join(root, 'etc/ssl/certs')
  mkdirSync(target, { recursive: true })
  const text = authorities.map(file => readFileSync(path.join(folder, file), 'utf8')).join('')
  writeFileSync(path.join(target, 'ca-certificates.crt'), text)
}

function writeAccounts(root: string): void {
  const etc = path.join(root, 'etc')
  // What the kernel mounts: a root that cannot be written must already have the places for it.
  for (const place of ['dev', 'proc', 'sys']) mkdirSync(path.join(root, place), { recursive: true })
  const writable = path.join(root, 'tmp')
  mkdirSync(writable, { recursive: true })
  chmodSync(writable, 0o1777)
  writeFileSync(
    path.join(etc, 'passwd'),
    `janta:x:${userId}:${userId}::/nonexistent:/nonexistent\n`,
  )
  writeFileSync(path.join(etc, 'group'), `janta:x:${userId}:\n`)
  writeFileSync(path.join(etc, 'nsswitch.conf'), 'hosts: files dns\n')
}
