import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Day } from '#kernel/day'
import type { Reader } from './intent-row.ts'

/** The pharmacy's own numbers about money, and the Indian day they are asked on. */
export interface PaymentSettings {
  readonly secondLookFromPaise: number
  readonly refundWorkingDays: number
  readonly cashCapPaise: number
  readonly cashRefusalsMax: number
  readonly upiPayeeAddress: string | null
  readonly upiPayeeName: string | null
  readonly drawerTolerancePaise: number
  readonly settlementWorkingDays: number
  readonly today: Day
}

export async function findSettings(db: Reader): Promise<PaymentSettings> {
  const { rows } = await sql<PaymentSettings>`
    select second_look_from_paise as "secondLookFromPaise", refund_working_days as "refundWorkingDays",
      cash_cap_paise as "cashCapPaise", cash_refusals_max as "cashRefusalsMax",
      upi_payee_address as "upiPayeeAddress", upi_payee_name as "upiPayeeName",
      drawer_tolerance_paise as "drawerTolerancePaise", settlement_working_days as "settlementWorkingDays",
      kernel.today() as today
    from payments.setting`.execute(db)
  const [settings] = rows
  assert(settings, 'a migration put the settings there')
  return settings
}
