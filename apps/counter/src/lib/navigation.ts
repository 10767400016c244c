import type { Permission } from '@janta/contracts'
import {
  arrowLeftRight,
  ban,
  banknote,
  boxes,
  clipboardList,
  download,
  fileText,
  hourglass,
  layoutDashboard,
  parcel,
  pill,
  scale,
  scanBarcode,
  shieldCheck,
  slidersHorizontal,
  store,
  thermometer,
  trendingDown,
  truck,
  undo2,
  upload,
  userCheck,
  users,
} from '@janta/ui/icons.ts'
import { hrefs } from './hrefs.ts'
import { gauge, inbox, landmark, ticketPercent, undo } from './icons.ts'
import type { desk } from './messages/en/desk.ts'

/** A page of the console. `key` opens it with Alt; `isOnBar` puts it in the bottom bar of a phone, four at most. */
export interface NavigationItem {
  readonly href: () => string
  readonly text: keyof typeof desk.pages
  readonly icon: string
  /** Who sees it; left out, everybody at the desk. */
  readonly permission?: Permission
  readonly key?: string
  readonly isOnBar?: true
  /** What waits there, counted by the shell. */
  readonly counts?: 'to_pack'
}

export interface NavigationGroup {
  readonly text: keyof typeof desk.groups
  readonly items: readonly NavigationItem[]
}

/** Every page in the menu, by what it is for. A new page is a line here and a word in `messages`. */
export const navigation: readonly NavigationGroup[] = [
  {
    text: 'counter',
    items: [
      { href: hrefs.today, text: 'today', icon: layoutDashboard, key: '1', isOnBar: true },
      {
        href: () => hrefs.orders(),
        text: 'orders',
        icon: parcel,
        permission: 'orders.deliver',
        key: '2',
        isOnBar: true,
        counts: 'to_pack',
      },
      {
        href: hrefs.prescriptions,
        text: 'prescriptions',
        icon: clipboardList,
        permission: 'prescriptions.review',
        isOnBar: true,
      },
      {
        href: () => hrefs.registers(),
        text: 'registers',
        icon: fileText,
        permission: 'registers.view',
      },
    ],
  },
  {
    text: 'goods',
    items: [
      {
        href: () => hrefs.stock(),
        text: 'stock',
        icon: boxes,
        permission: 'stock.view',
        key: '3',
        isOnBar: true,
      },
      {
        href: () => hrefs.receive(),
        text: 'receive',
        icon: download,
        permission: 'purchasing.manage',
        key: '4',
        isOnBar: true,
      },
      {
        href: () => hrefs.expiry(),
        text: 'expiry',
        icon: hourglass,
        permission: 'stock.view',
      },
      { href: hrefs.counts, text: 'counts', icon: scanBarcode, permission: 'stock.count' },
      { href: hrefs.cold, text: 'cold', icon: thermometer, permission: 'stock.view' },
      { href: hrefs.transfers, text: 'transfers', icon: truck, permission: 'stock.receive' },
      {
        href: () => hrefs.stockReports(),
        text: 'stockReports',
        icon: trendingDown,
        permission: 'stock.view',
      },
      {
        href: () => hrefs.recalls(),
        text: 'recalls',
        icon: shieldCheck,
        permission: 'stock.recall',
      },
    ],
  },
  {
    text: 'buying',
    items: [
      {
        href: hrefs.reorder,
        text: 'reorder',
        icon: trendingDown,
        permission: 'purchasing.manage',
      },
      {
        href: () => hrefs.purchaseOrders(),
        text: 'purchaseOrders',
        icon: truck,
        permission: 'purchasing.manage',
      },
      {
        href: () => hrefs.bills(),
        text: 'bills',
        icon: fileText,
        permission: 'purchasing.manage',
      },
      {
        href: hrefs.supplierReturns,
        text: 'supplierReturns',
        icon: undo2,
        permission: 'purchasing.manage',
      },
      { href: hrefs.suppliers, text: 'suppliers', icon: store, permission: 'purchasing.manage' },
    ],
  },
  {
    text: 'catalogue',
    items: [
      {
        href: () => hrefs.medicines(),
        text: 'medicines',
        icon: pill,
        permission: 'stock.view',
        key: '5',
      },
      { href: hrefs.law, text: 'law', icon: scale, permission: 'catalogue.classify', key: '6' },
      { href: hrefs.bans, text: 'bans', icon: ban, permission: 'stock.view', key: '7' },
      {
        href: hrefs.matrix,
        text: 'matrix',
        icon: slidersHorizontal,
        permission: 'stock.view',
        key: '8',
      },
      { href: hrefs.notes, text: 'notes', icon: fileText, permission: 'stock.view' },
      {
        href: () => hrefs.imports(),
        text: 'imports',
        icon: upload,
        permission: 'catalogue.manage',
        key: '9',
      },
    ],
  },
  {
    text: 'till',
    items: [
      { href: hrefs.drawer, text: 'drawer', icon: inbox, permission: 'payments.cash' },
      {
        href: hrefs.payments,
        text: 'payments',
        icon: arrowLeftRight,
        permission: 'payments.refund',
      },
      { href: hrefs.returns, text: 'returns', icon: undo, permission: 'payments.refund' },
      {
        href: hrefs.settlements,
        text: 'settlements',
        icon: landmark,
        permission: 'payments.settle',
      },
      {
        href: () => hrefs.money(),
        text: 'money',
        icon: banknote,
        permission: 'billing.books',
      },
      {
        href: hrefs.promotions,
        text: 'promotions',
        icon: ticketPercent,
        permission: 'promotions.manage',
      },
    ],
  },
  {
    text: 'house',
    items: [
      {
        href: hrefs.pharmacists,
        text: 'pharmacists',
        icon: userCheck,
        permission: 'registers.view',
      },
      { href: hrefs.people, text: 'people', icon: users, permission: 'people.manage' },
      {
        href: hrefs.settings,
        text: 'settings',
        icon: slidersHorizontal,
        permission: 'registers.view',
      },
      {
        href: hrefs.advice,
        text: 'advice',
        icon: gauge,
        permission: 'operations.view',
        key: '0',
      },
      { href: hrefs.lanes, text: 'lanes', icon: truck, permission: 'stock.view' },
    ],
  },
]
