import { type Static, Type } from 'typebox'
import { endpoint } from './endpoint.ts'
import {
  orNull,
  purchaseListMax,
  purchasingDesk,
  purchasingGuards,
  ReasonText,
  strict,
} from './purchasing-shapes.ts'
import { Day, Id, oneOf } from './shapes.ts'

/** Wholesale (20B, 21B, 20G for Schedule X), retail (20, 21) and the maker's own (25, 28) under the Drugs Rules. */
export const licenceForms = ['20B', '21B', '20G', '20', '21', '25', '28'] as const
export const licenceStatuses = ['in_force', 'suspended', 'cancelled', 'unknown'] as const

export const SupplierLicence = Type.Object(
  {
    form: oneOf(licenceForms),
    number: Type.String({ minLength: 1, maxLength: 40 }),
    status: oneOf(licenceStatuses),
    /** Null for a perpetual licence, which most are. */
    validTo: orNull(Day),
  },
  strict,
)
export type SupplierLicence = Static<typeof SupplierLicence>

const supplierFields = {
  name: Type.String({ minLength: 1, maxLength: 120 }),
  gstin: orNull(Type.String({ maxLength: 15 })),
  phone: orNull(Type.String({ minLength: 5, maxLength: 20 })),
  address: Type.String({ maxLength: 300 }),
  leadDays: Type.Integer({ minimum: 0, maximum: 90 }),
  /** Expired goods are taken back from so many days before the last day to so many after it. */
  claimBeforeDays: Type.Integer({ minimum: 0, maximum: 720 }),
  claimAfterDays: Type.Integer({ minimum: 0, maximum: 720 }),
  licences: Type.Array(SupplierLicence, { maxItems: 10 }),
}
export const NewSupplier = Type.Object(supplierFields, strict)
export type NewSupplier = Static<typeof NewSupplier>

export const Supplier = Type.Object({
  id: Id,
  ...supplierFields,
  /** Why no goods may be taken from them today, in words; null when they may. */
  obstacle: orNull(Type.String()),
})
export type Supplier = Static<typeof Supplier>

export const listSuppliers = endpoint({
  ...purchasingDesk,
  method: 'GET',
  path: '/purchases/suppliers',
  summary: 'Suppliers by name, with their licences as known now',
  status: 200,
  audit: 'none',
  reply: Type.Object({ items: Type.Array(Supplier, { maxItems: purchaseListMax }) }),
  refusals: [...purchasingGuards],
})

export const saveSupplier = endpoint({
  ...purchasingDesk,
  method: 'PUT',
  path: '/purchases/suppliers/:id',
  summary:
    'Enter or correct a supplier under an id the sender chose; the licences sent are what is known now',
  status: 200,
  audit: 'purchasing.supplier_saved',
  params: Type.Object({ id: Id }),
  body: NewSupplier,
  reply: Supplier,
  refusals: [...purchasingGuards, 'supplier_exists', 'supplier_invalid'],
})

export const overrideSupplierLicence = endpoint({
  ...purchasingDesk,
  permission: 'purchasing.override',
  method: 'POST',
  path: '/purchases/suppliers/:id/licence-overrides',
  summary: 'An administrator answers for one bill of a supplier whose licence is in doubt',
  status: 201,
  audit: 'purchasing.licence_overridden',
  params: Type.Object({ id: Id }),
  body: Type.Object(
    { billNumber: Type.String({ minLength: 1, maxLength: 40 }), reason: ReasonText },
    strict,
  ),
  reply: Type.Object({ id: Id }),
  refusals: [...purchasingGuards, 'not_found'],
})
