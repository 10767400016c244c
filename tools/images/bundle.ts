import path from 'node:path'
import { type Plugin, rolldown } from 'rolldown'

/** What starts in the image, beside the source it was made of. */
export const bundleName = 'main.js'

/**
 * Hundreds of small files that cost more to find than to run. Everything else stays a package of its
 * own: what finds its files by its own address, loads machine code or writes code as it runs.
 */
const joined =
  /^(?:@janta|@aws-sdk|@smithy|@aws-crypto|@aws|@opentelemetry|kysely|typebox|tslib)(?:\/|$)/
const isOurs = (id: string) => /^(?:[./#]|\0)/.test(id)

/**
 * Joins the program in `source` and the packages above into `out`/main.js, for any architecture: text
 * in, text out. Taking the types off at every start took longer than all the rest of it.
 */
export async function bundleServer(source: string, out = source): Promise<void> {
  const bundle = await rolldown({
    input: path.join(source, 'main.ts'),
    platform: 'node',
    external: id => !isOurs(id) && !joined.test(id),
    plugins: [ownAddresses(source, out)],
  })
  try {
    await bundle.write({ dir: out, entryFileNames: bundleName, chunkFileNames: 'main-[name].js' })
  } finally {
    await bundle.close()
  }
}

/** A file that asks where it lies (migrations, certificates, a child's program) still learns its own place. */
function ownAddresses(source: string, out: string): Plugin {
  return {
    name: 'own-addresses',
    transform(code, id) {
      if (!id.startsWith(source) || !code.includes('import.meta')) return null
      const file = JSON.stringify(path.relative(out, id))
      const folder = JSON.stringify(path.relative(out, path.dirname(id)))
      return code
        .replaceAll('import.meta.url', `new URL(${file}, import.meta.url).href`)
        .replaceAll('import.meta.dirname', `(import.meta.dirname + '/' + ${folder})`)
        .replaceAll('import.meta.main', 'false')
    },
  }
}
