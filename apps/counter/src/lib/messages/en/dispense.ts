/** The packing table's full-screen no, the second look, and the papers of what left. */
export const dispense = {
  refused: {
    unknown_batch: {
      title: 'Not known here',
      next: 'Put this strip aside. Look at the batch number on the strip again, or ask the pharmacist: the store never received it.',
    },
    wrong_medicine: {
      title: 'Wrong medicine',
      next: 'Put it back. Take the medicine and the batch that the pick list names.',
    },
    not_reserved: {
      title: 'Wrong batch',
      next: 'Put it back and take the batch on the list. If that one is missing or damaged, choose Another batch and say why.',
    },
    recalled: {
      title: 'Recalled: stop',
      next: 'This batch was recalled. Move the strip to the recall shelf. Take another batch.',
    },
    expired: {
      title: 'Expired: stop',
      next: 'This batch has expired. Move the strip to the expired bin. Take another batch.',
    },
    not_for_sale: {
      title: 'Not for sale',
      next: 'This batch is marked not for sale. Put it aside and tell the pharmacist.',
    },
    on_hold: {
      title: 'On hold: stop',
      next: 'A pharmacist stopped this batch. Put it aside and take another batch.',
    },
    set_apart: {
      title: 'Set apart: stop',
      next: 'This batch lies apart until a pharmacist decides. Put it back there and take another.',
    },
    too_many: {
      title: 'One too many',
      next: 'All strips of this batch are counted already. Put this one back.',
    },
    unanswered: {
      title: 'Not on this order',
      next: 'Put it aside: the store could not be asked what it is. Take the batch on the list.',
    },
  },
  scanned: 'Scanned',
  expires: 'Expires',
  goOn: 'I put it aside',
  goOnKeys: 'Enter or Esc',
  papers: 'Papers',
  labels: 'Directions label',
  labelsOf: { hi: 'Label in Hindi', en: 'Label in English' },
  labelsChosen: { hi: 'Label in Hindi, as the order', en: 'Label in English, as the order' },
  slip: 'Pack slip',
  stamped: (file: number, all: number) =>
    all === 1 ? 'Stamped prescription' : `Stamped prescription ${file}`,
  stampedHint: 'The customer sees that you looked at it.',
  fhir: 'For other systems (FHIR)',
  fhirPrescription: (place: number, all: number) =>
    all === 1 ? 'Prescription' : `Prescription ${place}`,
  fhirDispensed: 'What was dispensed',
  saved: (name: string) => `${name} is saved.`,
  told: {
    title: 'What the customer was told',
    states: {
      shown: 'on the order',
      waiting: 'being sent',
      sent: 'sent by SMS',
      refused: 'not taken by the SMS provider',
      late: 'too late to be sent',
    },
  },
  second: {
    title: 'Second look',
    rule: 'One person picks an order, another one on duty looks at each strip again and signs off.',
    text: 'In this store one person picks and the pharmacist on duty checks.',
    picked: (who: string) => `Picked by ${who}. Scan each strip again, then sign off.`,
    mine: 'You picked this order. Another person, the pharmacist on duty, checks it and signs it off.',
    hand: 'Hand to the checker',
    handed: 'Handed to the checker.',
    finish: 'Confirm every strip, then hand the order to the checker.',
    on: 'A second person checks each order',
    off: 'One person picks and signs off',
    turnOn: 'Have a second person check',
    turnOff: 'Stop the second check',
  },
}
