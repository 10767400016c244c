import type { PaymentSettings } from '@janta/contracts'
import { sql } from 'kysely'
import type { Caller } from '#kernel/caller'
import type { Database } from '#kernel/database'
import { inTransaction } from '#kernel/transaction'

/** Changes the pharmacy's own numbers about money; the audit trail says who did. */
export async function setPaymentSettings(
  database: Database,
  caller: Caller,
  settings: PaymentSettings,
): Promise<void> {
  await inTransaction(database, caller, async tx => {
    await sql`
      update payments.setting set second_look_from_paise = ${settings.secondLookFromPaise},
        refund_working_days = ${settings.refundWorkingDays}, cash_cap_paise = ${settings.cashCapPaise},
        cash_refusals_max = ${settings.cashRefusalsMax}, upi_payee_address = ${settings.upiPayeeAddress},
        upi_payee_name = ${settings.upiPayeeName}, drawer_tolerance_paise = ${settings.drawerTolerancePaise},
        settlement_working_days = ${settings.settlementWorkingDays}`.execute(tx)
  })
}
