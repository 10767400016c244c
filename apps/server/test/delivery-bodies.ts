/** A body for each endpoint of the delivery areas, so that who may not is told so and not that it is malformed. */
export const deliveryBodies = {
  setLane: {
    delivers: true,
    cashOnDelivery: true,
    hoursMin: 1,
    hoursMax: 2,
    feePaise: 0,
    freeAbovePaise: 0,
    isColdChain: false,
  },
}

/** What stands in an address of the API where it is no id of ours; well-formed, and of nothing. */
export const anyKeys = {
  pin: '452001',
  pinPrefix: '452',
  substanceId: 1,
  banId: 1,
  gtin: '8901030000010',
}
