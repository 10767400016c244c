import type pg from 'pg'

/**
 * Everything that protects rows, one line each: triggers and whether they are on, constraints and
 * whether they were checked, who owns and who may do what. A restore that leaves one trigger off has
 * lost the law on records (append-only), so the lines before and after must be the same.
 */
export async function findGuards(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ guard: string }>(`
    with mine as (
      select c.oid, n.nspname || '.' || c.relname as name, c.relowner, c.relacl
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm', 'S')
        and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
    )
    select 'trigger ' || mine.name || ' ' || t.tgname || ' ' || t.tgenabled::text || ' '
        || pg_get_triggerdef(t.oid) as guard
      from pg_trigger t join mine on mine.oid = t.tgrelid where not t.tgisinternal
    union all
    select 'constraint ' || mine.name || ' ' || k.conname || ' ' || k.convalidated || ' '
        || pg_get_constraintdef(k.oid)
      from pg_constraint k join mine on mine.oid = k.conrelid
    union all
    select 'owner ' || name || ' ' || pg_get_userbyid(relowner) || ' ' || coalesce(
        (select string_agg(one::text, ',' order by one::text) from unnest(relacl) as one), '')
      from mine
    order by guard`)
  return rows.map(row => row.guard)
}
