// Names that have been taken for one another, as published for safety, for the wrong-drug test: names alone, no advice.
// "FDA/ISMP": FDA and ISMP Lists of Look-Alike Drug Names with Recommended Tall Man Letters.
// "ISMP": ISMP List of Confused Drug Names. "India": names of both kinds read side by side on Indian strips.
export type LookAlikePair = readonly [one: string, other: string]

const listed = (text: string): LookAlikePair[] =>
  text
    .trim()
    .split(/\s*,\s*/)
    .map(pair => pair.split('/') as [string, string])

/** Generic names, FDA/ISMP. */
export const tallManPairs = listed(`
acetazolamide/acetohexamide, bupropion/buspirone, chlorpromazine/chlorpropamide, clomiphene/clomipramine,
cyclosporine/cycloserine, daunorubicin/doxorubicin, dimenhydrinate/diphenhydramine, dobutamine/dopamine,
glipizide/glyburide, hydralazine/hydroxyzine, hydralazine/hydromorphone, medroxyprogesterone/methylprednisolone,
methylprednisolone/methyltestosterone, nicardipine/nifedipine, prednisone/prednisolone, sulfadiazine/sulfisoxazole,
tolazamide/tolbutamide, vinblastine/vincristine, alprazolam/lorazepam, amiloride/amlodipine, aripiprazole/rabeprazole,
atomoxetine/atorvastatin, azacitidine/azathioprine, carbamazepine/oxcarbazepine, carboplatin/cisplatin,
cefazolin/cefotetan, cefoxitin/ceftazidime, ceftazidime/ceftriaxone, chlordiazepoxide/chlorpromazine,
clonazepam/clonidine, clonazepam/lorazepam, clonidine/clozapine, clozapine/olanzapine, dexmethylphenidate/methadone,
diltiazem/diazepam, docetaxel/paclitaxel, duloxetine/fluoxetine, ephedrine/epinephrine, epirubicin/eribulin,
fentanyl/sufentanil, flavoxate/fluvoxamine, fluoxetine/paroxetine, fluphenazine/fluvoxamine, gemcitabine/gemtuzumab,
guaifenesin/guanfacine, hydrochlorothiazide/hydralazine, idarubicin/doxorubicin, infliximab/rituximab,
labetalol/lamotrigine, lamivudine/lamotrigine, levetiracetam/levofloxacin, levocarnitine/levetiracetam,
metformin/metronidazole, mitomycin/mitoxantrone, nimodipine/nifedipine, oxycodone/oxymorphone, pazopanib/ponatinib,
pemetrexed/pralatrexate, penicillin/penicillamine, propranolol/propofol, quetiapine/olanzapine, quinine/quinidine,
risperidone/ropinirole, rifampicin/rifaximin, romidepsin/romiplostim, sitagliptin/saxagliptin, sertraline/cetirizine,
sildenafil/silodosin, sulfasalazine/sulfadiazine, sumatriptan/zolmitriptan, tizanidine/tiagabine,
tramadol/trazodone, valacyclovir/valganciclovir, zidovudine/lamivudine, sorafenib/sunitinib, dasatinib/lapatinib`)

/** Further generic names, ISMP. */
export const confusedPairs = listed(`
allopurinol/haloperidol, amantadine/amiodarone, bisoprolol/bosentan, captopril/carvedilol, cefuroxime/cefixime,
cefadroxil/cefuroxime, colchicine/cortisone, dapsone/diltiazem, desipramine/imipramine, enalapril/lisinopril,
felodipine/nifedipine, fluconazole/omeprazole, folic/folinic, ketorolac/ketotifen, lansoprazole/aripiprazole,
losartan/valsartan, mesalamine/mercaptopurine, methimazole/metolazone, methotrexate/metolazone, metoprolol/misoprostol,
mirtazapine/metformin, nortriptyline/amitriptyline, pantoprazole/aripiprazole, pioglitazone/rosiglitazone,
prazosin/terazosin, primidone/prednisone, ranitidine/amantadine, tamoxifen/tamsulosin, terbinafine/terbutaline,
ticagrelor/ticlopidine, torsemide/furosemide, tretinoin/isotretinoin, warfarin/rivaroxaban`)

/** Brand names, ISMP, and a brand against a generic name. */
export const brandPairs = listed(`
Lasix/Losec, Losec/Lasix, Celebrex/Celexa, Celexa/Zyprexa, Zantac/Xanax, Zantac/Zyrtec, Zyprexa/Zyrtec, Plavix/Paxil,
Lamictal/Lamisil, Lanoxin/Levoxyl, Cozaar/Zocor, Diovan/Zyban, Actos/Actonel, Amaryl/Reminyl, Avandia/Coumadin,
Cardura/Cardene, Prilosec/Prozac, Prozac/Proscar, Neurontin/Noroxin, Keppra/Kaletra, Topamax/Toprol, Mobic/Moban,
Nizoral/Neoral, Advair/Advicor, Aciphex/Aricept, Effexor/Enablex, Evista/Avinza, Zocor/Yocon, Micronase/Microzide,
Amikacin/Amicin`)
