import type { Source } from './source.ts'
import { moduleOf } from './source.ts'

/** Everybody may name these: time, refusal to change rows, jobs. */
const shared = new Set(['kernel', 'graphile_worker'])

/** Law 2: a module's SQL names only its own schema. `schemas` are all module names. */
export function schemaOffences(
  sources: readonly Pick<Source, 'file' | 'strings'>[],
  schemas: readonly string[],
): string[] {
  const foreign = new RegExp(String.raw`\b(${schemas.join('|')})\.([a-z_]+)`, 'g')
  return sources.flatMap(({ file, strings }) =>
    strings
      .filter(looksLikeSql)
      .flatMap(text =>
        [...text.matchAll(foreign)]
          .filter(([, schema]) => schema !== moduleOf(file) && !shared.has(schema ?? ''))
          .map(([named]) => `${file} names ${named}`),
      ),
  )
}

// Event names look like table names, so only texts that read as SQL or as a table key are judged.
const sqlWords =
  /\b(select|insert into|update|delete from|from|join|references|create|alter|grant|truncate|call|perform)\b/i

function looksLikeSql(text: string): boolean {
  return sqlWords.test(text)
}

/** No clock but the kernel's: a bare now() is UTC-minded and cannot be moved by a test. */
export function clockOffences(sources: readonly Pick<Source, 'file' | 'strings'>[]): string[] {
  const bare =
    /(?<!kernel\.)\b(now\(\)|current_date|current_timestamp|localtimestamp|clock_timestamp\(\))/i
  return sources.flatMap(({ file, strings }) =>
    strings
      .filter(looksLikeSql)
      .filter(text => bare.test(text))
      .map(
        text => `${file} asks ${bare.exec(text)?.[1]} instead of kernel.now() or kernel.today()`,
      ),
  )
}
