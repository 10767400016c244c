/** A substance's name as compared, and the one it is a salt of when they differ. */
export interface SubstanceName {
  readonly name: string
  readonly base: string | null
}

// Spellings of one substance: British and old names, trade spellings and salts whose strength is printed as the base.
const sameAs: Readonly<Record<string, string>> = {
  amoxycillin: 'amoxicillin',
  'amoxicillin trihydrate': 'amoxicillin',
  'amoxycillin trihydrate': 'amoxicillin',
  'potassium clavulanate': 'clavulanic acid',
  'clavulanate potassium': 'clavulanic acid',
  acetaminophen: 'paracetamol',
  'acetylsalicylic acid': 'aspirin',
  'amlodipine besylate': 'amlodipine',
  'amlodipine besilate': 'amlodipine',
  'amlodipine (as besylate)': 'amlodipine',
  aciclovir: 'acyclovir',
  albuterol: 'salbutamol',
  levalbuterol: 'levosalbutamol',
  cyclosporin: 'ciclosporin',
  cyclosporine: 'ciclosporin',
  guaiphenesin: 'guaifenesin',
  lidocaine: 'lignocaine',
  thyroxine: 'levothyroxine',
  'thyroxine sodium': 'levothyroxine',
  'levothyroxine sodium': 'levothyroxine',
  'l-thyroxine': 'levothyroxine',
  rifampin: 'rifampicin',
  frusemide: 'furosemide',
  torasemide: 'torsemide',
  cefalexin: 'cephalexin',
  dextropropoxiphene: 'dextropropoxyphene',
  phenobarbitone: 'phenobarbital',
  pentobarbitone: 'pentobarbital',
  secobarbitone: 'secobarbital',
  quinalbarbitone: 'secobarbital',
  amobarbitone: 'amobarbital',
  meperidine: 'pethidine',
  adrenaline: 'epinephrine',
  noradrenaline: 'norepinephrine',
  glyburide: 'glibenclamide',
  glyceryl: 'glycerin',
  glycerol: 'glycerin',
  glycerine: 'glycerin',
  'glyceryl trinitrate': 'nitroglycerin',
  nitroglycerine: 'nitroglycerin',
  trinitroglycerin: 'nitroglycerin',
  simeticone: 'simethicone',
  'activated dimethicone': 'simethicone',
  'sodium valproate': 'valproate',
  'valproic acid': 'valproate',
  'divalproex sodium': 'divalproex',
  benzhexol: 'trihexyphenidyl',
  dicycloverine: 'dicyclomine',
  chlorphenamine: 'chlorpheniramine',
  'chlorpheniramine maleate': 'chlorpheniramine',
  'vitamin c': 'ascorbic acid',
  'vitamin d3': 'cholecalciferol',
  'cholecalciferol (vitamin d3)': 'cholecalciferol',
  'vitamin b1': 'thiamine',
  'vitamin b2': 'riboflavin',
  'vitamin b3': 'niacinamide',
  nicotinamide: 'niacinamide',
  'vitamin b6': 'pyridoxine',
  'vitamin b6 (pyridoxine)': 'pyridoxine',
  'vitamin b12': 'cyanocobalamin',
  'vitamin e': 'tocopherol',
  'tocopheryl acetate': 'tocopherol',
  mecobalamin: 'methylcobalamin',
  'methylcobalamin (vitamin b12)': 'methylcobalamin',
  'povidone-iodine': 'povidone iodine',
  'povidine iodine': 'povidone iodine',
  sulphamethoxazole: 'sulfamethoxazole',
  sulfasalazin: 'sulfasalazine',
  sulphasalazine: 'sulfasalazine',
  sucralphate: 'sucralfate',
  'elemental iron': 'iron',
  'elemental calcium': 'calcium',
  'elemental zinc': 'zinc',
  'elemental magnesium': 'magnesium',
  'magnesium sulfate': 'magnesium sulphate',
  'zinc sulfate': 'zinc sulphate',
  'zinc sulphate monohydrate': 'zinc sulphate',
  'ferrous sulfate': 'ferrous sulphate',
  ispaghula: 'ispaghula husk',
  'psyllium husk': 'ispaghula husk',
  isabgol: 'ispaghula husk',
  'milk of magnesia': 'magnesium hydroxide',
  'aluminum hydroxide': 'aluminium hydroxide',
  'dried aluminium hydroxide gel': 'aluminium hydroxide',
  oxethazaine: 'oxetacaine',
  metamizole: 'analgin',
  estradiolum: 'estradiol',
  oestradiol: 'estradiol',
  ethinyloestradiol: 'ethinylestradiol',
  'ethinyl estradiol': 'ethinylestradiol',
  norethindrone: 'norethisterone',
  isonicotinylhydrazine: 'isoniazid',
  beclometasone: 'beclomethasone',
  dexametasone: 'dexamethasone',
  glycopyrrolate: 'glycopyrronium',
  'human insulin': 'insulin',
  'insulin human': 'insulin',
}

// The acid or metal a base is bound to. Only these words may fall off the end of a name to find its base, so that
// "calcium dobesilate" or "sodium valproate" never turns into a mineral.
const saltWords =
  'hydrochloride|dihydrochloride|hcl|hydrobromide|maleate|besylate|besilate|mesylate|mesilate|tosylate|tartrate|bitartrate|succinate|fumarate|hemifumarate|citrate|phosphate|diphosphate|sulphate|sulfate|hemisulfate|acetate|nitrate|oxalate|malate|lactate|gluconate|pamoate|embonate|palmitate|stearate|propionate|dipropionate|valerate|furoate|axetil|proxetil|pivoxil|medoxomil|cilexetil|mofetil|sodium|disodium|potassium|calcium|magnesium|zinc|bromide|chloride|trihydrate|dihydrate|monohydrate|hydrate|hemihydrate|anhydrous|magnesium trihydrate|erbumine|arginine|tromethamine|trometamol|hyclate|decanoate|enanthate|diethylamine|diethylammonium|dimesylate|napsylate|dinitrate'
const saltEnding = new RegExp(`^(.{4,}?)\\s+(?:${saltWords})$`)
const minerals =
  /^(sodium|potassium|calcium|magnesium|zinc|ferrous|ferric|iron|aluminium|copper|manganese|silver|ammonium|disodium|lithium)\b/
const pharmacopoeia =
  /\s+(?:ip|bp|usp|i\.p\.?|b\.p\.?|e\.?p\.?|nf|as|eq|eqv|equivalent to|tablets?|capsules?|injection)$/
const decorations =
  /\s*\((?:as [^)]*|natural micronized|micronized|plain|ip|bp|usp|natural|sr|er|dr|cr|xr|ec|prolonged release|extended release|sustained release|enteric coated|polyvalent)\)\s*/g

/**
 * The international name a list's spelling stands for, in lower case, with the base when the name is a salt's:
 * "Metoprolol Succinate IP" is 'metoprolol succinate' of 'metoprolol'. Different salts stay different substances;
 * the law reaches them through the base. Empty text gives an empty name.
 */
export function nameSalt(spelling: string): SubstanceName {
  let name = spelling
    .toLowerCase()
    .replace(/[\u00a0\s]+/g, ' ')
    .replace(decorations, ' ')
    .replace(/^[\s,;.\-*]+|[\s,;.\-*]+$/g, '')
  for (let pass = 0; pass < endingsMax && pharmacopoeia.test(name); pass++) {
    name = name.replace(pharmacopoeia, '').trim()
  }
  const [whole, short] = [sameAs[name], name.replace(/\s*\([^)]*\)\s*$/, '')]
  if (whole) return { name: whole, base: baseOf(whole) }
  const known = sameAs[short] ?? name
  return { name: known, base: baseOf(known) }
}

const endingsMax = 4

function baseOf(name: string): string | null {
  if (/^insulin\s/.test(name)) return 'insulin'
  if (minerals.test(name)) return null
  let base = name.replace(/^s\s*\(-\)\s*|^\(?[rs]\)?-\s*|^s\(-\)\s*/, '')
  for (let pass = 0; pass < endingsMax; pass++) {
    const shorter = saltEnding.exec(base)?.[1]
    if (!shorter) break
    base = shorter
  }
  const settled = sameAs[base] ?? base
  return settled === name ? null : settled
}
