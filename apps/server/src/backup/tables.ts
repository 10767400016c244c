import type pg from 'pg'

/** One table as backup sees it: no business meaning, only what the database's own catalogue says. */
export interface Table {
  readonly schema: string
  readonly name: string
  /** Columns that hold something of their own, in order; generated ones are computed again. */
  readonly columns: readonly string[]
  /** The role that owns it, which alone may switch its triggers off. */
  readonly owner: string
}

const tablesMax = 2_000

/** Every table of the pharmacy, also the queue's, in a stable order. */
export async function findTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select n.nspname as schema, c.relname as name, pg_get_userbyid(c.relowner) as owner,
      array(
        select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        order by a.attnum
      ) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and c.relpersistence = 'p'
      and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
    order by n.nspname, c.relname
    limit ${tablesMax}`)
  if (rows.length === tablesMax) throw new Error(`there are ${tablesMax} tables or more`)
  return rows
}

/** A number giver and where it stands. */
export interface Sequence {
  readonly schema: string
  readonly name: string
  readonly owner: string
  /** Null while it has given none. */
  readonly last: string | null
}

/** Those of the connected role: where another's stands is not told. */
export async function findSequences(client: pg.ClientBase): Promise<Sequence[]> {
  const { rows } = await client.query<Sequence>(`
    select schemaname::text as schema, sequencename::text as name, sequenceowner::text as owner,
      last_value::text as last
    from pg_sequences where sequenceowner = current_user
    order by schemaname, sequencename limit ${tablesMax}`)
  return rows
}

export const nameOf = ({ schema, name }: { schema: string; name: string }): string =>
  `${schema}.${name}`

/** The text of a table's rows depends on these; they are the same at both ends. */
export const sessionSettings = `
  set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'iso_8601';
  set bytea_output = 'hex'; set extra_float_digits = 1; set synchronize_seqscans = off;
  set statement_timeout = 0; set idle_in_transaction_session_timeout = 0`
