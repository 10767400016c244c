// A small catalogue for the search tests: invented brands and INN salts, no real product.
import { buildMedicineIndex } from './build-medicine-index.ts'
import type { MedicineIndex } from './medicine-index.ts'
import { MedicineSearch } from './medicines.ts'
import type { SearchRow } from './rows.ts'

const lines = `
Parolex 500mg Tablet 10'S|Paracetamol 500 mg|60
Parolex 650 Tablet 15'S|Paracetamol 650 mg|130
Parolex Syrup 60ml|Paracetamol 125 mg/5 ml|40
Parolex Cold Tablet|Paracetamol 325 mg + Phenylephrine 5 mg|50
Amikor 250mg Injection|Amikacin 250 mg|25
Amicor 10mg Tablet|Amlodipine 10 mg|3
Amicor 5mg Tablet|Amlodipine 5 mg|3
Zerovan SP Tablet 10'S|Aceclofenac 100 mg + Paracetamol 325 mg + Serratiopeptidase 15 mg|120
Zerovan Tablet|Aceclofenac 100 mg|110
Kofanil 10 Tablet|Montelukast 10 mg|70
Vitaphal-G 0.5 Capsule|Folic Acid 500 mcg|30
Metrolin 1gm Injection|Ceftriaxone 1 g|20
Liv Kayo 52 Tablet||80
Azivora 250 Tablet|Azithromycin 250 mg|90
Azivora 500 Tablet|Azithromycin 500 mg|95
Betnora Cream 15gm|Betamethasone 0.1 %|75
Betnora Ointment 15gm|Betamethasone 0.1 %|20
Telvista 40 Tablet|Telmisartan 40 mg|100
Telvista AM Tablet|Telmisartan 40 mg + Amlodipine 5 mg|60
Combiwell Tablet|Ibuprofen 400 mg + Paracetamol 325 mg|110
Amoxiva 625 Tablet|Amoxicillin 500 mg + Clavulanic Acid 125 mg|85
Dolpan Tablet 10'S||5
Dolpan Suspension 60ml||5
`

/** One row of the sample, with whatever the test sets. */
export function sampleRow(name: string, set: Partial<SearchRow> = {}): SearchRow {
  return {
    id: name,
    name,
    brand: (name.split(' ')[0] as string).toLowerCase(),
    manufacturer: 'Sample Labs',
    form:
      /tablet|capsule|injection|syrup|suspension|cream|ointment/i.exec(name)?.[0].toLowerCase() ??
      '',
    strengths: '',
    composition: '',
    packLabel: 'strip of 10 tablets',
    baseUnit: 'tablet',
    unitsPerPack: 10,
    category: null,
    isSample: true,
    medicineId: 1,
    drugId: 0,
    mark: 0,
    pricePaise: 5000,
    mrpPaise: 6000,
    popularity: 20,
    decision: 'prescription',
    availablePacks: 3,
    isDiscontinued: false,
    ...set,
  }
}

export const sampleRows: SearchRow[] = lines
  .trim()
  .split('\n')
  .map(line => {
    const [name, composition, popularity] = line.split('|') as [string, string, string]
    return sampleRow(name, { composition, popularity: Number(popularity) })
  })

export async function sampleSearch(
  rows: SearchRow[] = sampleRows,
): Promise<{ index: MedicineIndex; search: MedicineSearch }> {
  const index = await buildMedicineIndex(rows)
  return { index, search: new MedicineSearch(index) }
}
