/**
 * Lays out the whole root of an image in a folder: `node tools/images/prepare.ts server arm64 OUT`.
 * OUT/root is what the image holds, OUT/sbom.cdx.json names every package in it. Nothing of the
 * target is run, so any Linux machine prepares any architecture.
 */
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { projectDir } from '../project.ts'
import { bundleServer } from './bundle.ts'
import { layPackages } from './packages.ts'
import type { Bill } from './packages.ts'
import { isArchitecture, isProgram, programs } from './recipe.ts'
import type { Architecture, Program } from './recipe.ts'
import { layRootFiles } from './root-files.ts'
import type { DebianPackage } from './root-files.ts'

export interface Preparation {
  readonly program: Program
  readonly architecture: Architecture
  readonly out: string
  /** The bundle of Amazon's database authorities. Without it the image starts only without TLS to its database. */
  readonly authorities?: string | undefined
}

/** Fills `out` anew. Refuses a program that is not built and authorities that are not the reviewed ones. */
export async function prepareImage({
  program,
  architecture,
  out,
  authorities,
}: Preparation): Promise<void> {
  const root = path.join(out, 'root')
  const app = path.join(root, 'app')
  rmSync(out, { recursive: true, force: true })
  mkdirSync(app, { recursive: true })
  const debian = layRootFiles(root, architecture)
  const bill = layPackages(app, path.join(root, 'usr/local/bin/node'), program, architecture)
  for (const file of programs[program].files) {
    const source = path.join(projectDir, file)
    if (!existsSync(source)) throw new Error(`${file} is missing: build the ${program} first.`)
    cpSync(source, path.join(app, file), { recursive: true })
  }
  for (const test of globSync('{apps,packages}/**/{*.test.ts,*-for-tests.ts,testing.ts}', {
    cwd: app,
  })) {
    rmSync(path.join(app, test))
  }
  if (program === 'server') {
    layAuthorities(app, authorities)
    await bundleServer(path.join(app, programs.server.home, 'src'))
  }
  const text = `${JSON.stringify(withDebian(bill, debian), null, 2)}\n`
  writeFileSync(path.join(app, 'sbom.cdx.json'), text)
  writeFileSync(path.join(out, 'sbom.cdx.json'), text)
}

const pinFile = path.join(projectDir, 'deploy', 'rds-global-bundle.sha256')

/** An empty file is refused by the server's own configuration, so a forgotten bundle cannot go live. */
function layAuthorities(app: string, file: string | undefined): void {
  const folder = path.join(app, 'certificates')
  mkdirSync(folder, { recursive: true })
  const content = file ? readFileSync(file) : Buffer.alloc(0)
  if (file) {
    const [pinned = ''] = readFileSync(pinFile, 'utf8').trim().split(/\s+/)
    const found = createHash('sha256').update(content).digest('hex')
    if (found !== pinned) {
      throw new Error(
        [
          `${file} has the SHA-256 ${found}; deploy/rds-global-bundle.sha256 says ${pinned}.`,
          'Nobody has reviewed this bundle of database authorities yet. Do this once:',
          '1. Download https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem on another line than the builder’s.',
          '2. Compare: `sha256sum global-bundle.pem` must print the number above.',
          '3. Write it: `echo "NUMBER  rds-global-bundle.pem" > deploy/rds-global-bundle.sha256`, and commit it with your name.',
        ].join('\n'),
      )
    }
  }
  writeFileSync(path.join(folder, 'rds-global-bundle.pem'), content)
}

export function withDebian(bill: Bill, debian: readonly DebianPackage[]): Bill {
  const components = debian.map(({ name, version, architecture }) => ({
    type: 'library',
    name,
    version,
    purl: `pkg:deb/debian/${encodeURIComponent(name)}@${encodeURIComponent(version)}?arch=${architecture}&distro=debian-12`,
  }))
  return { ...bill, components: [...bill.components, ...components] }
}

if (import.meta.main) {
  const [program = '', architecture = '', out = '', authorities] = process.argv.slice(2)
  if (!isProgram(program) || !isArchitecture(architecture) || out === '') {
    throw new Error('Say: node tools/images/prepare.ts server|shop arm64|amd64 OUT [RDS-BUNDLE]')
  }
  await prepareImage({ program, architecture, out: path.resolve(out), authorities })
}
