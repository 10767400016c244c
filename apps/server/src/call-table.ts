/**
 * Which modules each module may call, downwards only. Events need no entry: a subscriber knows the event, not its
 * sender. The boundary test checks every import against it, checks that it has no cycle, and prints it into
 * docs/ARCHITECTURE.md.
 */
export const mayCall = {
  audit: [],
  identity: [],
  catalogue: ['identity'],
  delivery: [],
  imports: ['catalogue', 'delivery'],
  stock: ['catalogue', 'identity'],
  purchasing: ['stock', 'catalogue', 'identity'],
  search: ['catalogue', 'stock', 'delivery', 'identity'],
  prescriptions: ['stock', 'catalogue', 'identity'],
  billing: ['stock', 'catalogue', 'identity'],
  payments: ['identity'],
  promotions: [],
  dispensing: ['prescriptions', 'billing', 'stock', 'catalogue', 'identity'],
  ordering: [
    'dispensing',
    'prescriptions',
    'billing',
    'payments',
    'promotions',
    'stock',
    'catalogue',
    'delivery',
    'identity',
  ],
  recall: ['ordering', 'dispensing', 'stock', 'catalogue', 'identity'],
  notices: ['ordering', 'catalogue', 'identity'],
  advisor: [],
} as const satisfies Record<string, readonly string[]>

export type ModuleName = keyof typeof mayCall
