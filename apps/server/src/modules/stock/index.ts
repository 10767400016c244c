import type { Module, Surroundings } from '#kernel/module'
import { checkLedger } from './check-ledger.ts'
import { setExpiredApart } from './set-expired-apart.ts'
import { stockRoutes } from './routes.ts'
import { forgetUnmet } from './unmet-demand.ts'
import { writeCheckpoint } from './write-checkpoint.ts'
import { sweepLapsedHolds } from './sweep-lapsed-holds.ts'

export {
  blockBatches,
  findHoldsOfBlocked,
  findLots,
  type NamedLot,
  releaseBlocked,
} from './block-batches.ts'
export { chargeablePaise } from './chargeable.ts'
export { checkLedger, type Discrepancy, findDiscrepancies } from './check-ledger.ts'
export {
  type Availability,
  findAvailability,
  findMovedPacks,
  readShelf,
} from './find-availability.ts'
export { explainShortage, type KindWords } from './explain-shortage.ts'
export { findStockedPackIds } from './find-stocked-pack-ids.ts'
export { disposeUnits, takeBackUnits } from './dispose-units.ts'
export { findScanned, type Scanned } from './find-scanned.ts'
export { lockBlocked } from './lock-blocked.ts'
export { findReservations, type Reservation } from './find-reservations.ts'
export { extendHold, releaseHold } from './hold.ts'
export { findOpenStrips, type OpenStrip } from './find-open-strips.ts'
export { type IssuedLoose, issueLoose } from './issue-loose.ts'
export type { CutOfPack } from './part-picks.ts'
export { type IssueObstacle, issueObstacles, obstacleWords } from './issuable.ts'
export type { Picked } from './issue-plan.ts'
export { type Issued, issueReserved } from './issue-reserved.ts'
export { loadSampleStock } from './load-sample-stock.ts'
export { findBatchExpiries } from './find-batch-expiries.ts'
export { findBatchPrint } from './find-batch-print.ts'
export { findBatchPapers } from './find-batch-papers.ts'
export {
  type Consumption,
  findConsumption,
  findSellableLots,
  type SellableLot,
} from './find-consumption.ts'
export { findLyingBatches, type LyingBatch } from './find-lying-batches.ts'
export { type Goods, receiveGoods, receiveStock } from './receive-stock.ts'
export { sendBack } from './send-back.ts'
export {
  type NotReserved,
  reserve,
  reserveAndCommit,
  type Reserved,
  type ReservedPick,
  type Wanted,
} from './reserve.ts'
export {
  type Cause,
  lockPositions,
  type Lying,
  type Move,
  type Position,
  type PositionState,
  positionStates,
  setApart,
  writeMoves,
} from './move-units.ts'
export { type BatchAccount, isReconciled, reconcileBatches } from './reconcile-batches.ts'
export { defaultStore, type Store } from './store.ts'
export { setExpiredApart } from './set-expired-apart.ts'
export { sweepLapsedHolds } from './sweep-lapsed-holds.ts'
export { returnToQuarantine, returnToShelf } from './take-back.ts'
export { noteUnmet } from './unmet-demand.ts'

/** The shelf by batch and expiry, and the ledger that alone moves it. */
export function stock(surroundings: Surroundings): Module {
  return {
    name: 'stock',
    routes: app => stockRoutes(app, surroundings),
    recurring: [
      {
        task: 'stock.sweep_lapsed_holds',
        pattern: '* * * * *',
        run: async database => {
          await sweepLapsedHolds(database)
        },
      },
      // 01:30 in India, when the shop is quiet.
      { task: 'stock.check_ledger', pattern: '0 20 * * *', run: checkLedger },
      // 00:15 and 00:30 in India: the day after its last day a batch lies apart, and the day's end is kept.
      {
        task: 'stock.set_expired_apart',
        pattern: '45 18 * * *',
        run: async database => {
          await setExpiredApart(database)
        },
      },
      { task: 'stock.forget_unmet', pattern: '10 20 * * *', run: forgetUnmet },
      { task: 'stock.write_checkpoint', pattern: '0 19 * * *', run: writeCheckpoint },
    ],
  }
}
