import type { DecisionMatrix as MatrixPage } from '@janta/contracts'
import { sql } from 'kysely'
import { findDecisionMatrix, servingStoreId } from './decision-matrix.ts'
import type { Reader } from './find-packs.ts'
import { namePeople } from './name-people.ts'
import type { SaleClass } from './sale-decision.ts'

type ClassRow = MatrixPage['classes'][number]
type SwitchRow = MatrixPage['switches'][number]
const classesMax = 20

/** The decision matrix as staff read it: every class with its source, and the switches as they stand. */
export async function findMatrixPage(db: Reader): Promise<MatrixPage> {
  const matrix = await findDecisionMatrix(db)
  const { rows: classes } = await sql<Omit<ClassRow, 'decision'> & { class: SaleClass }>`
    select class, shows_in_catalogue as "showsInCatalogue", shows_price as "showsPrice", cart,
      needs_prescription as "needsPrescription", delivery, pickup, switches, citation
    from catalogue.decision_rule order by position limit ${classesMax}`.execute(db)
  return {
    classes: classes.map(row => ({
      ...row,
      decision: matrix.get(row.class)?.decision ?? 'unclassified',
    })),
    switches: await findSwitches(db),
  }
}

async function findSwitches(db: Reader): Promise<SwitchRow[]> {
  const { rows } = await sql<Omit<SwitchRow, 'switchedAt'> & { switchedAt: Date }>`
    select newest.switch, newest.is_on as "isOn", newest.reason, newest.switched_by as "switchedBy",
      newest.switched_at as "switchedAt"
    from (
      select distinct on (switch) switch, is_on, reason, switched_by, switched_at from catalogue.sale_switch
      where store_id = ${servingStoreId} order by switch, number desc
    ) as newest order by newest.switch desc limit ${classesMax}`.execute(db)
  const nameOf = await namePeople(
    db,
    rows.map(row => row.switchedBy),
  )
  return rows.map(row => ({
    ...row,
    switchedBy: nameOf(row.switchedBy) ?? '',
    switchedAt: row.switchedAt.toISOString(),
  }))
}
