/**
 * The words for `stock.why_not_issuable`, the SQL function that alone decides whether units of a batch may be issued.
 *
 * | code         | when                                               | rule                           |
 * |--------------|----------------------------------------------------|--------------------------------|
 * | recalled     | the batch is under recall, wherever it lies        | recall guideline, stop at pick |
 * | expired      | after the last day of its expiry month             | Drugs Rules 65(17)             |
 * | not_for_sale | physician's sample or government supply            | Drugs Rules 65(18)             |
 * | on_hold      | a pharmacist stopped the whole batch               | own practice                   |
 * | quarantined  | came back, or waits for a pharmacist's decision    | own practice                   |
 * | damaged      | broken or spoiled                                  | own practice                   |
 * | in_transit   | on its way from another store                      | own practice                   |
 * | loose        | cut strips, sold by the tablet at the counter only | own practice                   |
 * | not_shipped  | its storage class is not one this store delivers   | cold chain                     |
 * | short_dated  | too little life after delivery: max(policy, course + 15 days) | store policy, 90 days online |
 */
export const issueObstacles = [
  'recalled',
  'expired',
  'not_for_sale',
  'on_hold',
  'quarantined',
  'damaged',
  'in_transit',
  'loose',
  'not_shipped',
  'short_dated',
] as const
export type IssueObstacle = (typeof issueObstacles)[number]

export interface ObstacleWords {
  /** For the person at the shelf: what is wrong and what to do with the packs. */
  readonly staff: string
  readonly customer: { readonly en: string; readonly hi: string }
}

const noneLeft = {
  en: 'There is no stock we can sell right now.',
  hi: 'इस समय बेचने योग्य स्टॉक नहीं है।',
}

export const obstacleWords: Readonly<Record<IssueObstacle, ObstacleWords>> = {
  recalled: {
    staff: 'This batch was recalled. Move it to the recall shelf; take another batch.',
    customer: {
      en: 'This batch was recalled by its maker, so we do not sell it.',
      hi: 'निर्माता ने यह बैच वापस मँगाया है, इसलिए हम इसे नहीं बेचते।',
    },
  },
  expired: {
    staff: 'This batch has expired. Move it to the expired bin; take another batch.',
    customer: noneLeft,
  },
  quarantined: {
    staff: 'This batch is in quarantine until a pharmacist decides; take another batch.',
    customer: noneLeft,
  },
  damaged: {
    staff: 'This batch is marked damaged. Keep it apart; take another batch.',
    customer: noneLeft,
  },
  not_for_sale: {
    staff: 'This batch is marked not for sale and may never be sold; take another batch.',
    customer: noneLeft,
  },
  on_hold: {
    staff: 'This batch is on hold until a pharmacist decides; take another batch.',
    customer: noneLeft,
  },
  in_transit: {
    staff: 'These packs are still on their way from another store. Receive the transfer first.',
    customer: {
      en: 'More is on its way to our store. Look again tomorrow.',
      hi: 'और स्टॉक हमारे स्टोर के रास्ते में है। कल फिर देखिए।',
    },
  },
  loose: {
    staff: 'These are cut strips, for sale by the tablet at the counter only; take whole packs.',
    customer: noneLeft,
  },
  not_shipped: {
    staff: 'This store does not deliver what must be kept at this temperature.',
    customer: {
      en: 'This must be kept cold on the way, and we cannot send it that way yet.',
      hi: 'इसे रास्ते में ठंडा रखना ज़रूरी है, और हम अभी ऐसे नहीं भेज सकते।',
    },
  },
  short_dated: {
    staff: 'This batch expires too soon for an online order; take one with a later expiry.',
    customer: {
      en: 'The packs we have expire too soon to send to you.',
      hi: 'हमारे पास जो पैक हैं वे जल्दी समाप्त होने वाले हैं, इसलिए हम उन्हें नहीं भेजते।',
    },
  },
}

/** The staff sentence of a code as the database gave it; null stays null. */
export function notIssuableOf(code: IssueObstacle | null) {
  return code === null ? null : { code, sentence: obstacleWords[code].staff }
}
