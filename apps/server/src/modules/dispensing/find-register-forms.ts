import { type Kysely, sql } from 'kysely'
import type { Day } from '#kernel/day'

type Reader = Pick<Kysely<unknown>, 'getExecutor'>

interface Form {
  readonly id: string
  readonly from: Day
  readonly keptIn: 'register' | 'memo_book'
}

const formsMax = 50

/** How a store keeps its prescription register today, and every declaration, the newest first. */
export async function findRegisterForms(
  db: Reader,
  storeId: string,
): Promise<{ current: Form['keptIn']; items: Form[] }> {
  const { rows } = await sql<Form & { holds: boolean }>`
    select id, effective_from as "from", kept_in as "keptIn", effective_from <= kernel.today() as holds
    from dispensing.register_setting where store_id = ${storeId}
    order by effective_from desc, id desc limit ${formsMax}`.execute(db)
  return {
    current: rows.find(row => row.holds)?.keptIn ?? 'register',
    items: rows.map(({ holds: _holds, ...form }) => form),
  }
}
