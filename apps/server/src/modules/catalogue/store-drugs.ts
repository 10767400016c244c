import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Tx } from '#kernel/transaction'
import type { ListedPack } from './listed-pack.ts'
import { composed, type Salt } from './read-composition.ts'

type Ids = Map<string, number>

/** Ids of the rows' makers by their key; new makers are added under the first spelling met. */
export async function storeManufacturers(
  tx: Tx,
  rows: readonly ListedPack[],
  known: Ids,
): Promise<Ids> {
  const names = new Map<string, string>()
  for (const { manufacturer, manufacturerKey } of rows) {
    if (manufacturer && manufacturerKey && !names.has(manufacturerKey))
      names.set(manufacturerKey, manufacturer)
  }
  const missing = [...names.keys()].filter(key => !known.has(key)).sort()
  if (missing.length === 0) return together(known, [], names.keys())
  await sql`
    insert into catalogue.manufacturer (name_key, name)
    select * from unnest(${missing}::text[], ${missing.map(key => names.get(key) ?? key)}::text[])
    on conflict (name_key) do nothing`.execute(tx)
  const { rows: found } = await sql<{ key: string; id: number }>`
    select name_key as key, id from catalogue.manufacturer where name_key = any(${missing}::text[])`.execute(
    tx,
  )
  return together(known, found, names.keys())
}

/** Ids of the rows' clinical drugs by equivalence key; new ones are added with their substances. */
export async function storeDrugs(tx: Tx, rows: readonly ListedPack[], known: Ids): Promise<Ids> {
  const drugs = new Map<string, ListedPack>()
  for (const row of rows) if (row.equivalenceKey !== null) drugs.set(row.equivalenceKey, row)
  const missing = [...drugs].filter(([key]) => !known.has(key)).sort(([a], [b]) => (a < b ? -1 : 1))
  const keys = missing.map(([key]) => key)
  if (keys.length === 0) return together(known, [], drugs.keys())
  const { rows: added } = await sql<{ key: string; id: number }>`
    insert into catalogue.clinical_drug (equivalence_key, form, release, route, composition)
    select * from unnest(${keys}::text[], ${missing.map(([, row]) => row.form.group)}::text[],
      ${missing.map(([, row]) => row.form.release)}::text[], ${missing.map(([, row]) => row.form.route)}::text[],
      ${missing.map(([, row]) => composed(row.salts))}::text[])
    on conflict (equivalence_key) do nothing returning equivalence_key as key, id`.execute(tx)
  await storeSalts(
    tx,
    added.map(({ key, id }) => ({ id, salts: drugs.get(key)?.salts ?? [] })),
  )
  const { rows: found } = await sql<{ key: string; id: number }>`
    select equivalence_key as key, id from catalogue.clinical_drug where equivalence_key = any(${keys}::text[])`.execute(
    tx,
  )
  return together(known, found, drugs.keys())
}

async function storeSalts(
  tx: Tx,
  drugs: readonly { id: number; salts: readonly Salt[] }[],
): Promise<void> {
  const lines = drugs.flatMap(({ id, salts }) =>
    salts.map((salt, at) => ({ id, salt, position: at + 1 })),
  )
  if (lines.length === 0) return
  const ids = await storeSubstances(
    tx,
    lines.map(line => line.salt),
  )
  const idOf = (name: string): number => {
    const id = ids.get(name)
    assert(id !== undefined, 'every salt has its substance')
    return id
  }
  await sql`
    insert into catalogue.clinical_drug_salt (clinical_drug_id, position, substance_id, strength, strength_key)
    select * from unnest(${lines.map(line => line.id)}::int[], ${lines.map(line => line.position)}::smallint[],
      ${lines.map(line => idOf(line.salt.substance.name))}::int[], ${lines.map(line => line.salt.strength.text)}::text[],
      ${lines.map(line => line.salt.strength.key)}::text[])`.execute(tx)
}

/** Bases first, because the law reaches a salt through its base; a substance that is there stays as it is. */
async function storeSubstances(tx: Tx, salts: readonly Salt[]): Promise<Ids> {
  const bases = [...new Set(salts.flatMap(salt => salt.substance.base ?? []))].sort()
  await sql`
    insert into catalogue.substance (name, display_name)
    select name, upper(left(name, 1)) || substr(name, 2) from unnest(${bases}::text[]) as given (name)
    on conflict (name) do nothing`.execute(tx)
  const byName = new Map(salts.map(salt => [salt.substance.name, salt]))
  const names = [...byName.keys()].sort()
  await sql`
    insert into catalogue.substance (name, display_name, base_id)
    select given.name, given.display, base.id
    from unnest(${names}::text[], ${names.map(name => byName.get(name)?.display ?? name)}::text[],
      ${names.map(name => byName.get(name)?.substance.base ?? null)}::text[]) as given (name, display, base)
    left join catalogue.substance as base on base.name = given.base
    on conflict (name) do nothing`.execute(tx)
  const { rows } = await sql<{ name: string; id: number }>`
    select name, id from catalogue.substance where name = any(${names}::text[])`.execute(tx)
  return new Map(rows.map(row => [row.name, row.id]))
}

/** What was known and what was found, for just the keys asked about. */
function together(
  known: Ids,
  found: readonly { key: string; id: number }[],
  keys: Iterable<string>,
): Ids {
  const fresh = new Map(found.map(row => [row.key, row.id]))
  const ids: Ids = new Map()
  for (const key of keys) {
    const id = known.get(key) ?? fresh.get(key)
    assert(id !== undefined, 'every key asked about was stored')
    ids.set(key, id)
  }
  return ids
}
