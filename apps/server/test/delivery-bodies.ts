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

/** A PIN and a beginning of PINs, well-formed. */
export const anyPlace = { pin: '452001', pinPrefix: '452' }
