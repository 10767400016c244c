import type { BillColumn } from '@janta/contracts'

/** A heading without case, spaces and signs: "B. No." and "BNO" are one. */
export const headingKey = (heading: string): string =>
  heading.toUpperCase().replaceAll(/[^A-Z0-9%]/g, '')

/** Headings of the billing programs distributors use, likeliest first, written as `headingKey` writes them. */
export const billHeadings = {
  item: [
    'PRODUCTNAME',
    'ITEMNAME',
    'ITEMDESCRIPTION',
    'DESCRIPTION',
    'PRODUCT',
    'ITEM',
    'PARTICULARS',
    'NAME',
  ],
  batch: ['BATCHNO', 'BATCHNUMBER', 'BATCH', 'BNO', 'LOTNO', 'LOT'],
  expiry: ['EXPIRYDATE', 'EXPDATE', 'EXPIRY', 'EXP', 'EXPDT', 'EXPIRYDT'],
  mrp: ['MRP', 'MRPRS', 'MAXRETAILPRICE', 'NEWMRP'],
  rate: ['PTR', 'RATE', 'PURRATE', 'PURCHASERATE', 'SALERATE', 'PRICE', 'UNITPRICE', 'TRATE'],
  packs: ['QTY', 'QUANTITY', 'BILLQTY', 'BILLEDQTY', 'QNTY'],
  free: ['FREE', 'FREEQTY', 'FREEQUANTITY', 'SCHQTY', 'SCHEMEQTY', 'SCHEME', 'BONUS', 'FQTY'],
  discount: ['DISC%', 'DISCOUNT%', 'DISCPER', 'DISCPERC', 'TD%', 'DIS%', 'DISC', 'DIS'],
  gst: ['GST%', 'GST', 'TAX%', 'GSTPER', 'GSTRATE', 'TAXRATE', 'IGST%', 'IGST', 'TAX'],
  cgst: ['CGST%', 'CGSTPER', 'CGST'],
  sgst: ['SGST%', 'SGSTPER', 'SGST', 'UTGST%'],
  billNumber: ['INVOICENO', 'INVOICENUMBER', 'INVNO', 'BILLNO', 'BILLNUMBER', 'VOUCHERNO', 'DOCNO'],
  billDate: ['INVOICEDATE', 'INVDATE', 'BILLDATE', 'INVDT', 'BILLDT', 'DATE'],
} as const satisfies Record<BillColumn, readonly string[]>
