import type { Source } from './source.ts'

/** Files that may begin a transaction: commands, which are named by a verb and export one function of that name. */
const opening = /\binTransaction\(/
const camel = (file: string) =>
  (file.split('/').at(-1) ?? '')
    .replace(/\.ts$/, '')
    .replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** Law 3: only a command opens a transaction, and nothing inside one reaches over the network. */
export function transactionOffences(sources: readonly Source[]): string[] {
  return sources.flatMap(({ file, text, imports }) => {
    const offences: string[] = []
    const isCommand = new RegExp(`export (async )?function ${camel(file)}\\b`).test(text)
    const opens = opening.test(text) || /\.transaction\(\)/.test(text)
    if (opens && !isCommand && !file.endsWith('/routes.ts')) {
      offences.push(`${file} opens a transaction but is not a command named by its verb`)
    }
    const networks = imports.filter(one =>
      /^(node:https?|node:net|undici|@aws-sdk\/)|#kernel\/storage$/.test(one),
    )
    if (opens && networks.length > 0)
      offences.push(`${file} opens a transaction and reaches for ${networks.join(', ')}`)
    return offences
  })
}
