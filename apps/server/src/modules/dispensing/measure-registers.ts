import { businessFigures } from '#kernel/business-figures'
import type { Database } from '#kernel/database'
import { verifyRegisters } from './verify-registers.ts'

/** Rows of the statutory registers that are missing or not as they were written; none is the only good answer. */
export async function measureRegisters({ reads }: Database): Promise<void> {
  const { faults } = await verifyRegisters(reads)
  businessFigures.registerGaps.record(faults.length)
}
