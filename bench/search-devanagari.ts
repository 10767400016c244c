// Latin medicine names written in Devanagari, by rule and by hand, to ask the search with.

const spelled: [RegExp, string][] = [
  [/^(ck|c(?=[aourlkt]|$)|k|q)/, 'क'],
  [/^(ch)/, 'च'],
  [/^(c|s(?!h)|ss)/, 'स'],
  [/^sh/, 'श'],
  [/^(ph|f)/, 'फ'],
  [/^th/, 'थ'],
  [/^(t+)/, 'ट'],
  [/^(d+)/, 'ड'],
  [/^x/, 'क्स'],
  [/^z/, 'ज़'],
  [/^j/, 'ज'],
  [/^g+/, 'ग'],
  [/^b+/, 'ब'],
  [/^p+/, 'प'],
  [/^m+/, 'म'],
  [/^n+/, 'न'],
  [/^r+h?/, 'र'],
  [/^l+/, 'ल'],
  [/^[vw]/, 'व'],
  [/^h/, 'ह'],
  [/^y(?=[aeou])/, 'य'],
]
const vowelSigns: [RegExp, string, string][] = [
  [/^(ee|i|y)/, 'ि', 'इ'],
  [/^(oo|u)/, 'ु', 'उ'],
  [/^a/, 'ा', 'ए'],
  [/^e$/, '', 'ए'],
  [/^e/, 'े', 'ए'],
  [/^o/, 'ो', 'ओ'],
]

/** A plain letter-by-letter Devanagari spelling of a Latin word, as a phone keyboard gives. */
export function inDevanagari(word: string): string {
  let rest = word
  let out = ''
  let isAfterConsonant = false
  while (rest !== '') {
    const consonant = spelled.find(([pattern]) => pattern.test(rest))
    if (consonant) {
      if (isAfterConsonant) out += '्'
      out += consonant[1]
      rest = rest.replace(consonant[0], '')
      isAfterConsonant = true
      continue
    }
    const vowel = vowelSigns.find(([pattern]) => pattern.test(rest))
    if (vowel) {
      out += isAfterConsonant ? vowel[1] : vowel[2]
      rest = rest.replace(vowel[0], '')
    } else rest = rest.slice(1)
    isAfterConsonant = false
  }
  return out
}

/** Well-known names as they are written in Hindi, with the family or salt meant. */
export const handDevanagari: Record<string, string> = {
  डोलो: 'dolo',
  क्रोसिन: 'crocin',
  कॉम्बिफ्लेम: 'combiflam',
  पैन: 'pan',
  ओमेज़: 'omez',
  एज़ीथ्रल: 'azithral',
  ऑगमेंटिन: 'augmentin',
  मॉक्स: 'mox',
  एलेग्रा: 'allegra',
  डाइजीन: 'digene',
  जेलुसिल: 'gelusil',
  शेलकैल: 'shelcal',
  बीकोसूल्स: 'becosules',
  इकोस्प्रिन: 'ecosprin',
  टेल्मा: 'telma',
  ग्लाइकोमेट: 'glycomet',
  थायरोनॉर्म: 'thyronorm',
  बेटाडीन: 'betadine',
  सोफ्रामाइसिन: 'soframycin',
  वोवेरान: 'voveran',
  सिप्लॉक्स: 'ciplox',
  मोंटेक: 'montek',
  एस्कोरिल: 'ascoril',
  बेनाड्रिल: 'benadryl',
  डेक्सोना: 'dexona',
  साइक्लोपाम: 'cyclopam',
  मेफ्टल: 'meftal',
  नाइस: 'nise',
  रैंटैक: 'rantac',
  पैंटॉप: 'pantop',
  अविल: 'avil',
  सेटिरिज़िन: 'salt:cetirizine',
  पैरासिटामोल: 'salt:paracetamol',
  आइबुप्रोफेन: 'salt:ibuprofen',
  एमोक्सिसिलिन: 'salt:amoxycillin',
  अमलोडिपिन: 'salt:amlodipine',
  टेल्मिसार्टन: 'salt:telmisartan',
  एटोरवास्टेटिन: 'salt:atorvastatin',
  ओमेप्राज़ोल: 'salt:omeprazole',
  लोसार्टन: 'salt:losartan',
  डाइक्लोफेनाक: 'salt:diclofenac',
  सिप्रोफ्लोक्सासिन: 'salt:ciprofloxacin',
  लेवोसेटिरिज़िन: 'salt:levocetirizine',
  मोंटेलुकास्ट: 'salt:montelukast',
  ग्लिमेपिराइड: 'salt:glimepiride',
  रोसुवास्टेटिन: 'salt:rosuvastatin',
  फोलिक: 'salt:folic acid',
}
