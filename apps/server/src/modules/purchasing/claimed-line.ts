import type { NewBillClaim } from '@janta/contracts'
import { debitFor, type Returnable } from './returnable.ts'

export type ClaimLine = NewBillClaim['lines'][number]

/** A line of a bill as it charged, and what of it went back or was asked back so far. */
export interface BilledLine {
  readonly batchId: string
  readonly unitsPerPack: number
  readonly billedPacks: number
  readonly ratePaise: number
  readonly discountBasisPoints: number
  readonly gstBasisPoints: number
  readonly isRateClaimed: boolean
  readonly debited: Returnable
}

interface Claimed {
  readonly batchId: string
  readonly units: number
  readonly taxablePaise: number
  readonly gstPaise: number
}

interface Wrong {
  readonly code: 'claim_invalid' | 'claim_too_much'
  readonly field: keyof ClaimLine
  readonly message: string
}

const whole = 10_000n

/**
 * What one line of a claim asks back, in paise, or what is wrong with it. A shortage is worth its share of the line,
 * free goods counted in, as goods sent back are; a rate difference is the difference over every pack billed, after the
 * line's discount, and is asked once and before anything went back, so that nothing is asked back twice.
 */
export function claimedLine(
  kind: NewBillClaim['kind'],
  line: ClaimLine,
  billed: BilledLine | undefined,
): Claimed | Wrong {
  if (!billed)
    return {
      code: 'claim_invalid',
      field: 'batchId',
      message: 'is not on this bill, or twice on this list',
    }
  return kind === 'shortage' ? shortage(line, billed) : rateDifference(line, billed)
}

function shortage(
  line: ClaimLine,
  { batchId, unitsPerPack, debited }: BilledLine,
): Claimed | Wrong {
  if (line.packs === undefined) {
    return { code: 'claim_invalid', field: 'packs', message: 'How many packs never came?' }
  }
  const shortUnits = debited.expectedUnits - debited.cameUnits - debited.shortClaimedUnits
  const units = line.packs * unitsPerPack
  if (units > shortUnits) {
    const left = Math.floor(shortUnits / unitsPerPack)
    return {
      code: 'claim_too_much',
      field: 'packs',
      message: `${left} packs were short and not asked back yet`,
    }
  }
  return { batchId, units, ...debitFor(debited, units) }
}

function rateDifference(line: ClaimLine, billed: BilledLine): Claimed | Wrong {
  const { agreedRatePaise } = line
  if (agreedRatePaise === undefined) {
    return { code: 'claim_invalid', field: 'agreedRatePaise', message: 'What was a pack to cost?' }
  }
  const { debited, billedPacks, unitsPerPack } = billed
  if (billed.isRateClaimed || debited.returnedUnits + debited.shortClaimedUnits > 0) {
    const message =
      'Something of this line was asked back already; settle the rest by hand with the supplier'
    return { code: 'claim_too_much', field: 'batchId', message }
  }
  if (agreedRatePaise >= billed.ratePaise || billedPacks === 0) {
    return {
      code: 'claim_too_much',
      field: 'agreedRatePaise',
      message: 'is not below the rate of the bill',
    }
  }
  const difference = BigInt(billed.ratePaise - agreedRatePaise) * BigInt(billedPacks)
  const taxable = (difference * (whole - BigInt(billed.discountBasisPoints))) / whole
  const taxablePaise = Math.min(Number(taxable), debited.taxablePaise)
  const gst = (BigInt(taxablePaise) * BigInt(billed.gstBasisPoints)) / whole
  return {
    batchId: billed.batchId,
    units: billedPacks * unitsPerPack,
    taxablePaise,
    gstPaise: Math.min(Number(gst), debited.gstPaise),
  }
}
