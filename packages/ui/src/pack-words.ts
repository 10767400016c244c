/** What a pack is, with the word that joins it to what it holds: "10 गोली" + "का पत्ता". */
const containers: Readonly<Record<string, string>> = {
  strip: 'का पत्ता',
  bottle: 'की बोतल',
  tube: 'की ट्यूब',
  packet: 'का पैकेट',
  pack: 'का पैक',
  box: 'का डिब्बा',
  tin: 'का डिब्बा',
  jar: 'का जार',
  vial: 'की शीशी',
  ampoule: 'का एम्प्यूल',
  cartridge: 'का कार्ट्रिज',
  sachet: 'का पाउच',
  pouch: 'का पाउच',
  'prefilled syringe': 'की भरी सिरिंज',
}

const measures: Readonly<Record<string, string>> = {
  ml: 'मि.ली.',
  gm: 'ग्राम',
  g: 'ग्राम',
}

/** What it holds, in the words of the shop and the counter: what people ask for across it. */
const contents: Readonly<Record<string, string>> = {
  tablet: 'गोली',
  capsule: 'कैप्सूल',
  lozenge: 'चूसने की गोली',
  suppositorie: 'सपोज़िटरी',
  suppository: 'सपोज़िटरी',
  vial: 'शीशी',
  bottle: 'बोतल',
  tube: 'ट्यूब',
  dose: 'ख़ुराक',
  patch: 'पैच',
  pack: 'पैक',
  soft: 'सॉफ़्ट',
  gelatin: 'जिलेटिन',
  oral: 'ओरल',
  dry: 'ड्राई',
  eye: 'आँख के',
  nasal: 'नाक के',
  ear: 'कान के',
  drop: 'ड्रॉप्स',
  syrup: 'सिरप',
  suspension: 'सस्पेंशन',
  solution: 'सॉल्यूशन',
  liquid: 'लिक्विड',
  expectorant: 'कफ़ सिरप',
  injection: 'इंजेक्शन',
  'powder for injection': 'इंजेक्शन पाउडर',
  'solution for injection': 'इंजेक्शन',
  'mdi inhaler': 'डोज़ इनहेलर',
  inhaler: 'इनहेलर',
  cream: 'क्रीम',
  ointment: 'मरहम',
  gel: 'जेल',
  jelly: 'जेली',
  paste: 'पेस्ट',
  dental: 'दाँतों के',
  lotion: 'लोशन',
  shampoo: 'शैम्पू',
  soap: 'साबुन',
  bar: 'टिकिया',
  oil: 'तेल',
  dusting: 'डस्टिंग',
  powder: 'पाउडर',
  sachet: 'पाउच',
  strip: 'स्ट्रिप',
  unit: 'नग',
  piece: 'नग',
  kit: 'किट',
  card: 'कार्ड',
  roll: 'रोल',
  lancet: 'लैंसेट',
  glove: 'दस्तानों',
  mask: 'मास्क',
  syringe: 'सिरिंज',
  wipe: 'वाइप',
  napkin: 'नैपकिन',
  diaper: 'डायपर',
  brushe: 'ब्रश',
}
const shape = /^(?:([a-z ]+) of )?(\d+(?:\.\d+)?) ?(?:(ml|gm?)\b ?)?([a-z ]*)$/

const contentOf = (word: string) => contents[word] ?? contents[word.replace(/s$/, '')]

/**
 * A pack label in Hindi: "strip of 10 tablets" to "10 गोली का पत्ता". Null when a word of it is not known, because
 * a label that is half translated names no pack at all.
 */
export function packInHindi(label: string): string | null {
  const [, container, amount, measure, held = ''] = shape.exec(label.toLowerCase()) ?? []
  if (!amount) return null
  const said = contentOf(held) ?? held.split(' ').filter(Boolean).map(contentOf)
  const words = [
    amount,
    measure ? measures[measure] : '',
    said,
    container ? containers[container] : '',
  ].flat()
  return words.includes(undefined) ? null : words.filter(Boolean).join(' ')
}
