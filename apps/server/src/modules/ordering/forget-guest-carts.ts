import { sql } from 'kysely'
import type { Database } from '#kernel/database'

/** As long as the cookie lives. */
export const guestCartDays = 30
const cartsPerNightMax = 5_000

/** Every night: guests' carts whose cookie has ended are forgotten, as are those merged into a person's. */
export async function forgetGuestCarts(database: Database): Promise<void> {
  await sql`
    delete from ordering.cart where id = any(array(
      select id from ordering.cart
      where person_id is null and touched_at < kernel.now() - make_interval(days => ${guestCartDays})
      order by touched_at limit ${cartsPerNightMax}))`.execute(database.db)
}
