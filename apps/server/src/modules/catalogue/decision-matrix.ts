import assert from 'node:assert/strict'
import type { SaleDecision } from '@janta/contracts'
import { sql } from 'kysely'
import type { Reader } from './find-packs.ts'
import {
  type ClassDecision,
  type DecisionMatrix,
  type SaleClass,
  saleClasses,
} from './sale-decision.ts'
import { readTerms } from './sale-terms.ts'

/**
 * The store of the online orders, as stock's first migration made it; each store keeps its own switches, and one
 * store sells online today.
 */
export const servingStoreId = '01900000-0000-7000-8000-000000000001'

/**
 * Every class with what may be done with it in the serving store now, 'class decision ...terms' (`readTerms`) a line:
 * a part of a statement. A switch that was never thrown is off, and where one is off nothing goes to the door.
 */
export const decisionsNow = sql<string>`(
  select string_agg(rule.class || ' ' || case when held.is_off then rule.decision_when_off else rule.decision end
    || ' ' || case when rule.shows_in_catalogue then 'shows' else 'hides' end
    || ' ' || case when rule.shows_price then 'price' else 'no_price' end || ' ' || rule.cart
    || ' ' || case when rule.needs_prescription then 'rx' else 'no_rx' end
    || ' ' || case when held.is_off then 'never' else rule.delivery end || ' ' || rule.pickup,
    chr(10) order by rule.position)
  from catalogue.decision_rule as rule
  cross join lateral (
    select exists (
      select from unnest(rule.switches) as needed (name) where not coalesce((
        select sale_switch.is_on from catalogue.sale_switch
        where sale_switch.store_id = ${servingStoreId} and sale_switch.switch = needed.name
        order by sale_switch.number desc limit 1), false)
    ) as is_off
  ) as held)`

/** The matrix of the serving store with its switches as they stand now. */
export async function findDecisionMatrix(db: Reader): Promise<DecisionMatrix> {
  const { rows } = await sql<{ listed: string | null }>`select ${decisionsNow} as listed`.execute(
    db,
  )
  return readMatrix(rows[0]?.listed ?? '')
}

/** Reads what `decisionsNow` lists; a class that is missing is a bug. */
export function readMatrix(listed: string): DecisionMatrix {
  const matrix = new Map<SaleClass, ClassDecision>()
  for (const text of listed.split('\n')) {
    const [name, decision, ...terms] = text.split(' ')
    matrix.set(name as SaleClass, { decision: decision as SaleDecision, ...readTerms(terms) })
  }
  for (const one of saleClasses) assert(matrix.has(one), `the decision matrix lacks ${one}`)
  return matrix
}
