import {
  askCustomer,
  claimReview,
  client,
  decideReview,
  findPrescribers,
  getDuty,
  listReviews,
  prepareReviewPage,
  releaseReview,
  saveReview,
  startDuty,
  viewReviewPage,
} from '@janta/contracts'
import { send } from '#lib/api.ts'

/** What only the review desk asks for, so that no other page downloads its declarations. */
export const rx = client(
  {
    askCustomer,
    claimReview,
    decideReview,
    findPrescribers,
    getDuty,
    listReviews,
    prepareReviewPage,
    releaseReview,
    saveReview,
    startDuty,
    viewReviewPage,
  },
  '',
  send,
)
