/**
 * Builds an image without a container daemon, with buildah of the distribution:
 * `node tools/images/build.ts server arm64 OUT`. Leaves OUT/image.oci.tar and says how large it is.
 */
import { execFileSync } from 'node:child_process'
import { rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { aptInstall, mayUseApt, onPath } from '../found-program.ts'
import { Trouble } from '../trouble.ts'
import { prepareImage } from './prepare.ts'
import type { Preparation } from './prepare.ts'
import { isArchitecture, isProgram, recipeFile } from './recipe.ts'

/** What an image may weigh, packed as it is pulled. */
export const imageBytesMax = 160_000_000

export interface BuiltImage {
  readonly archive: string
  readonly bytes: number
}

/** Prepares and packs an image. Refuses one that grew over `imageBytesMax`. */
export async function buildImage(preparation: Preparation): Promise<BuiltImage> {
  const buildah = await findBuildah()
  await prepareImage(preparation)
  const { out, program, architecture } = preparation
  const archive = path.join(out, 'image.oci.tar')
  const store = ['--root', path.join(out, 'store'), '--runroot', path.join(out, 'run')]
  const run = (...args: string[]) =>
    execFileSync(buildah, [...store, ...args], {
      // Neither overlay mounts nor namespaces: this works inside another container, too.
      env: { ...process.env, STORAGE_DRIVER: 'vfs', BUILDAH_ISOLATION: 'chroot' },
      stdio: ['ignore', 'ignore', 2],
    })
  const tag = `janta-${program}:local`
  const recipe = ['--file', recipeFile(program), '--platform', `linux/${architecture}`]
  run('build', '--quiet', '--format', 'oci', ...recipe, '--tag', tag, path.join(out, 'root'))
  rmSync(archive, { force: true })
  run('push', '--quiet', tag, `oci-archive:${archive}`)
  rmSync(path.join(out, 'store'), { recursive: true })
  const { size: bytes } = statSync(archive)
  if (bytes > imageBytesMax) {
    throw new Trouble(`The image weighs ${bytes} bytes, more than ${imageBytesMax}. See what grew.`)
  }
  return { archive, bytes }
}

async function findBuildah(): Promise<string> {
  const found = onPath(['buildah'])
  if (found) return found
  if (mayUseApt()) await aptInstall('buildah')
  const installed = onPath(['buildah'])
  if (installed) return installed
  throw new Trouble('Building images here needs buildah. Install the package "buildah".')
}

if (import.meta.main) {
  const [program = '', architecture = '', out = '', authorities] = process.argv.slice(2)
  if (!isProgram(program) || !isArchitecture(architecture) || out === '') {
    throw new Trouble('Say: node tools/images/build.ts server|shop arm64|amd64 OUT [RDS-BUNDLE]')
  }
  const built = await buildImage({ program, architecture, out: path.resolve(out), authorities })
  process.stdout.write(`${built.archive} ${(built.bytes / 1e6).toFixed(1)} MB\n`)
}
