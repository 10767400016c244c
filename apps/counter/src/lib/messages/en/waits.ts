/** What waits in the store, on the page of today. */
export const waits = {
  recall: (name: string, by: string) => `Recall of ${name}: complete it by ${by}`,
  lateRecall: (name: string, by: string) => `Recall of ${name} was to be complete by ${by}`,
  openRecall: 'Open the recall',
  excursions: (count: number, fridge: string) =>
    count === 1
      ? `${fridge} was outside its limits: a pharmacist decides about its goods`
      : `Fridges were outside their limits ${count} times: a pharmacist decides about the goods`,
  openCold: 'See what lies apart',
  prescriptions: (count: number, wait: string) =>
    count === 1
      ? `1 prescription waits for a pharmacist, for ${wait}`
      : `${count} prescriptions wait for a pharmacist, the oldest for ${wait}`,
  openDesk: 'Open the desk',
  differences: (count: number) =>
    count === 1
      ? '1 difference of a count waits for another person'
      : `${count} differences of counts wait for another person`,
  openCount: 'Open the count',
  request: (asking: string, asked: string) => `${asking} asks ${asked} for goods`,
  requests: (count: number) => `${count} requests between stores wait for an answer`,
  answer: 'Answer',
  transfer: (to: string, wait: string) => `Goods are on their way to ${to}, sent ${wait} ago`,
  transfers: (count: number, wait: string) =>
    `${count} transfers are on their way, the oldest sent ${wait} ago`,
  openTransfers: 'Receive them',
  unknown: 'What waits in the store could not be asked. It is asked again in a minute.',
}
