import type { FieldProblem, NewSupplierReturn } from '@janta/contracts'
import type { Day } from '#kernel/day'
import { Refusal } from '#kernel/refusal'
import { claimWindow } from './claim-window.ts'
import type { Returnable } from './returnable.ts'

/**
 * Refuses `return_invalid` for a batch named twice or not bought from this supplier, `return_too_much` for more than the
 * bill brought less what went back before, and `claim_window_closed` for an expiry claim outside the supplier's days.
 */
export function assertReturnable(
  asked: NewSupplierReturn,
  bought: ReadonlyMap<string, Returnable>,
  expiresOn: ReadonlyMap<string, Day>,
  today: Day,
): void {
  const seen = new Set<string>()
  refuseAny('return_invalid', 'Some batches cannot go back to this supplier.', asked, line => {
    if (seen.has(line.batchId)) return ['batchId', 'is on the list already']
    seen.add(line.batchId)
    const isTheirs = bought.get(line.batchId)?.supplierId === asked.supplierId
    return isTheirs ? null : ['batchId', 'did not come on a bill of this supplier']
  })
  refuseAny('return_too_much', 'More goes back than came.', asked, line => {
    const batch = bought.get(line.batchId)
    const left = batch ? batch.cameUnits - batch.returnedUnits : 0
    return line.units > left ? ['units', `${left} of those that came can still go back`] : null
  })
  if (asked.kind !== 'expiry_claim') return
  refuseAny('claim_window_closed', 'The supplier does not take these back now.', asked, line => {
    const batch = bought.get(line.batchId)
    const last = expiresOn.get(line.batchId)
    if (!batch || !last) return null
    const { window, opensOn, closesOn } = claimWindow(batch, last, today)
    return window === 'open' ? null : ['batchId', `is taken back from ${opensOn} to ${closesOn}`]
  })
}

type Line = NewSupplierReturn['lines'][number]

function refuseAny(
  code: 'return_invalid' | 'return_too_much' | 'claim_window_closed',
  sentence: string,
  asked: NewSupplierReturn,
  wrong: (line: Line) => [keyof Line, string] | null,
): void {
  const fields = asked.lines.flatMap((line, at): FieldProblem[] => {
    const found = wrong(line)
    return found ? [{ field: `lines.${at}.${found[0]}`, message: found[1] }] : []
  })
  if (fields.length > 0) throw new Refusal(code, `${sentence} See the lines.`, { fields })
}
