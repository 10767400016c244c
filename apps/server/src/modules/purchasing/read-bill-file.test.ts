import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BillColumnPlaces } from '@janta/contracts'
import { type TestDatabase, testDatabase } from '#kernel/testing'
import { addPack } from '#test/shelf-for-tests'
import { monthOfCell, packsOf, paiseOf } from './bill-cells.ts'
import { addSupplier, billLine, keeper, receive } from './buying-for-tests.ts'
import { readBillFile } from './read-bill-file.ts'

let own: TestDatabase
let supplierId: string
before(async () => {
  own = await testDatabase()
  supplierId = await addSupplier(own.database)
})
after(() => own.close())

const read = (text: string, columns?: BillColumnPlaces) =>
  readBillFile(own.database, keeper, { supplierId, text, ...(columns && { columns }) })

test('bills of the common billing programs are read whatever they call their columns', async () => {
  for (const text of [
    'Inv No,Inv Date,Product Name,Pack,Batch No.,Exp. Date,M.R.P.,PTR,Qty,Free,Disc%,CGST%,SGST%\nA-1,05/11/2026,TESTINE 500,10S,AB12,04/29,150.00,"1,000.50",10.00,10+1,2.5,2.5,2.5\n,,TOTAL,,,,,,,,,,\n',
    'SHARMA DISTRIBUTORS;;;;;;;;;;\nBhopal;;;;;;;;;;\nBILLNO;BILLDT;ITEM;BATCH;EXP;MRP;RATE;QUANTITY;SCHEME;DIS;GST\nA-1;2026-11-05;TESTINE 500;AB12;APR-29;150;1000.5;10;1;2.5;5\n',
    'बिल नं.,तारीख़,दवा का नाम,बैच नंबर,एक्सपायरी,एम.आर.पी.,रेट,मात्रा,मुफ़्त,छूट %,सी.जी.एस.टी. %,एस.जी.एस.टी. %\nA-1,05/11/2026,TESTINE 500,AB12,04/29,150,1000.50,10,1,2.5,2.5,2.5\n',
    'Invoice Number\tBill Date\tDescription\tLot\tExpiry\tMRP Rs\tPur Rate\tBilled Qty\tBonus\tDiscount %\tGST Rate\nA-1\t5-11-26\tTESTINE 500\tAB12\t30/04/2029\t₹150\t1000.50\t10\t1\t2.50\t5%\n',
  ]) {
    const bill = await read(text)
    assert.deepEqual([bill.billNumber, bill.billDate], ['A-1', '2026-11-05'], text)
    assert.deepEqual(
      bill.lines,
      [
        {
          supplierItem: 'TESTINE 500',
          medicineId: null,
          medicineName: null,
          batchNumber: 'AB12',
          expiry: '2029-04',
          mrpPaise: 15_000,
          ratePaise: 100_050,
          billedPacks: 10,
          freePacks: 1,
          discountBasisPoints: 250,
          gstBasisPoints: 500,
        },
      ],
      text,
    )
  }
})

test('a supplier’s name for a medicine is remembered from his last bill, and a bill received before is noticed', async () => {
  const pack = await addPack(own.database, { name: 'Testine Forte' })
  const { id } = await receive(own.database, {
    supplierId,
    billNumber: 'B-7',
    lines: [billLine(pack, { supplierItem: 'TSTN FRT 10' })],
  })
  const bill = await read('Bill No,Item,Qty\nb-7,Tstn Frt 10,4\n')
  assert.equal(bill.receivedBefore, id)
  assert.deepEqual(
    [bill.lines[0]?.medicineId, bill.lines[0]?.medicineName],
    [pack, 'Testine Forte'],
  )
  const other = await addSupplier(own.database)
  const theirs = await readBillFile(own.database, keeper, {
    supplierId: other,
    text: 'Item,Qty\nTSTN FRT 10,4\n',
  })
  assert.equal(theirs.lines[0]?.medicineId, null)
})

test('what is no bill is refused in words, what cannot be read stays blank', async () => {
  for (const text of ['hello', 'Item,Qty\n', 'Item,Qty\n"broken,3\n']) {
    await assert.rejects(read(text), { code: 'bill_file_unreadable' }, text)
  }
  const bill = await read('Item,Qty,Exp,MRP,Colour\nTestine,ten,13/29,1.2.3,red\nOther,2,,,\n')
  assert.deepEqual(
    bill.lines.map(({ expiry, mrpPaise, billedPacks }) => [expiry, mrpPaise, billedPacks]),
    [[null, null, 2]],
  )
  assert.deepEqual(bill.unusedHeadings, ['Colour'])
})

test('columns a person chose are remembered for the same supplier and the same headings', async () => {
  const text = 'Maal,Ginti,Bhav\nTestine 500,12,99.50\n'
  const unknown = await read(text)
  assert.deepEqual(
    [unknown.columnsFrom, unknown.lines, unknown.headings],
    ['guessed', [], ['Maal', 'Ginti', 'Bhav']],
  )
  const chosen = await read(text, { item: 0, packs: 1, rate: 2 })
  assert.deepEqual(
    [chosen.columnsFrom, chosen.lines[0]?.billedPacks, chosen.lines[0]?.ratePaise],
    ['chosen', 12, 9_950],
  )
  const again = await read(text.replace('12', '15'))
  assert.deepEqual([again.columnsFrom, again.lines[0]?.billedPacks], ['remembered', 15])
  const otherHeadings = await read('Maal,Ginti,Bhav,Kar\nTestine 500,12,99.50,5\n')
  assert.equal(otherHeadings.columnsFrom, 'guessed')
  const other = await addSupplier(own.database)
  const theirs = await readBillFile(own.database, keeper, { supplierId: other, text })
  assert.equal(theirs.columnsFrom, 'guessed')
})

test('cells are read digit by digit', () => {
  assert.deepEqual(['1,234.565', '0.1', '12', '-3', '1.2.3', ''].map(paiseOf), [
    123_457,
    10,
    1_200,
    null,
    null,
    null,
  ])
  assert.deepEqual(['10.00', '10.5', 'x'].map(packsOf), [10, null, null])
  assert.deepEqual(['00/29', 'XYZ-29', '2029-04-30', 'April 2029'].map(monthOfCell), [
    null,
    null,
    '2029-04',
    '2029-04',
  ])
})
