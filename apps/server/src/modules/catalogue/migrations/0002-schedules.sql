-- The first dated list of what the law says of each substance. A substance without a row is unknown, and its packs
-- are not sold. The pharmacist in charge confirms the list against the Gazette before the shop opens.
-- Where the exact day of force is not known the earlier day stands, which is the stricter reading.

create function catalogue.seed_rules(rule_scheme text, scope text, since date, citation text, names text)
returns void language sql as $$
  with listed as (
    select distinct lower(btrim(name, E' \n')) as name from unnest(string_to_array(names, ',')) as given (name)
  ), added as (
    insert into catalogue.substance (name, display_name)
    select name, upper(left(name, 1)) || substr(name, 2) from listed
    on conflict (name) do nothing returning id, name
  ), known as (
    select id, name from added
    union
    select substance.id, substance.name from catalogue.substance join listed using (name)
  )
  insert into catalogue.schedule_rule (substance_id, scheme, applies_to, effective_from, source_citation, recorded_by)
  select id, rule_scheme, scope, since, citation, 'seed of this software'
  from known order by name
$$;

select catalogue.seed_rules('H1', 'not_external', '2014-03-01',
  'Drugs Rules 1945, Schedule H1, GSR 588(E) of 30-08-2013',
  'alprazolam, balofloxacin, buprenorphine, capreomycin, cefdinir, cefditoren, cefepime, cefetamet, cefixime,
   cefoperazone, cefotaxime, cefpirome, cefpodoxime, ceftazidime, ceftibuten, ceftizoxime, ceftriaxone,
   chlordiazepoxide, clofazimine, codeine, cycloserine, diazepam, diphenoxylate, doripenem, ertapenem,
   ethambutol, ethionamide, faropenem, gemifloxacin, imipenem, isoniazid, levofloxacin, meropenem, midazolam,
   moxifloxacin, nitrazepam, pentazocine, prulifloxacin, pyrazinamide, rifabutin, rifampicin,
   sodium para-aminosalicylate, sparfloxacin, thiacetazone, tramadol, zolpidem');
select catalogue.seed_rules('H1', 'not_external', '2018-01-01', 'Schedule H1, GSR 795(E) of 2018', 'oxytocin');
select catalogue.seed_rules('H1', 'not_external', '2021-01-01', 'Schedule H1, GSR 258(E) of 2021', 'tapentadol');
select catalogue.seed_rules('H1', 'not_external', '2024-01-01', 'Schedule H1, GSR 95(E) of 2024',
  'oseltamivir, zanamivir');
select catalogue.seed_rules('H1', 'not_external', '2026-05-13',
  'Schedule H1, GSR 377(E) of 13-05-2026; kept as H1 from its publication until the day of force is confirmed',
  'pregabalin');

select catalogue.seed_rules('X', 'all', '2000-01-01', 'Drugs Rules 1945, Schedule X',
  'amobarbital, amphetamine, barbital, cyclobarbital, dexamphetamine, ethchlorvynol, glutethimide, ketamine,
   meprobamate, methamphetamine, methylphenidate, methylphenobarbital, pentobarbital, phencyclidine,
   phenmetrazine, secobarbital, esketamine, dexmethylphenidate');

select catalogue.seed_rules('NDPS_PSYCHOTROPIC', 'all', '2000-01-01', 'NDPS Act 1985, schedule of psychotropic substances',
  'alprazolam, amphetamine, barbital, bromazepam, buprenorphine, chlordiazepoxide, clobazam, clonazepam,
   dexamphetamine, diazepam, estazolam, flunitrazepam, flurazepam, ketamine, lorazepam, meprobamate,
   methamphetamine, methylphenidate, midazolam, nitrazepam, oxazepam, pentazocine, pentobarbital, phencyclidine,
   phenobarbital, secobarbital, temazepam, tramadol, triazolam, zolpidem, etizolam');
select catalogue.seed_rules('NDPS_NARCOTIC', 'all', '2000-01-01', 'NDPS Act 1985, manufactured narcotic drugs',
  'codeine, dextropropoxyphene, fentanyl, hydrocodone, hydromorphone, methadone, morphine, opium, oxycodone,
   pethidine, remifentanil, sufentanil, alfentanil, dihydrocodeine, ethylmorphine, cannabis');
select catalogue.seed_rules('MTP', 'all', '2000-01-01',
  'Medical Termination of Pregnancy Act 1971: supply restricted to approved providers',
  'mifepristone, misoprostol');

select catalogue.seed_rules('G', 'all', '2000-01-01', 'Drugs Rules 1945, Schedule G',
  'metformin, glibenclamide, tolbutamide, chlorpropamide, insulin, chlorothiazide, chlorthalidone, phenytoin,
   ethosuximide, primidone, hydroxyurea, cyclophosphamide, tamoxifen, chlorpheniramine, cyproheptadine,
   diphenhydramine, doxylamine, pheniramine, promethazine, buclizine, meclozine');

select catalogue.seed_rules('H', 'all', '2000-01-01', 'Drugs Rules 1945, Schedule H',
  'abacavir, acamprosate, acebutolol, acyclovir, adenosine, albendazole, alendronate, allopurinol, alprostadil,
   amantadine, amikacin, amiloride, amiodarone, amitriptyline, amlodipine, amoxapine, analgin, articaine,
   artemether, artesunate, atenolol, atorvastatin, atracurium, azathioprine, aztreonam, baclofen, balsalazide,
   bambuterol, benazepril, benidipine, benserazide, betahistine, betamethasone, bezafibrate, bicalutamide, bifonazole,
   bimatoprost, bisoprolol, bleomycin, brimonidine, bromhexine, bromocriptine, budesonide, bupivacaine,
   bupropion, buspirone, butenafine, butorphanol, cabergoline, calcium dobesilate, candesartan, capecitabine,
   captopril, carbidopa, carbocisteine, carboplatin, carisoprodol, carvedilol, cefadroxil, cefazolin, cefuroxime,
   celecoxib, centchroman, chlorpromazine, chlorzoxazone, ciclopirox, ciclosporin, cimetidine, cinnarizine, ciprofloxacin,
   cisplatin, citalopram, clarithromycin, clavulanic acid, clidinium, clindamycin, clobetasol,
   clobetasone, clonidine, clopidogrel, clotrimazole, clozapine, colchicine, danazol, dapsone, desloratadine,
   desogestrel, dexamethasone, dextromethorphan, diazoxide, diclofenac, dicyclomine, didanosine, digoxin, diltiazem, dinoprostone,
   dipyridamole, disopyramide, docetaxel, domperidone, donepezil, dopamine, dothiepin, doxapram, doxazosin,
   doxepin, doxorubicin, ebastine, econazole, efavirenz, enalapril, epinephrine, epirubicin, eptifibatide,
   esomeprazole, estradiol, ethamsylate, ethinylestradiol, etidronate, etodolac, etoposide, exemestane,
   famciclovir, famotidine, fenofibrate, fexofenadine, finasteride, flavoxate, fluorouracil, fludarabine,
   flunarizine, fluoxetine, flupentixol, fluphenazine, flurbiprofen, flutamide, fluticasone, fluvoxamine,
   fosinopril, fosphenytoin, gabapentin, galantamine, ganciclovir, gatifloxacin, gemcitabine, gemfibrozil,
   gliclazide, glimepiride, glucagon, glycopyrronium, goserelin, granisetron, haloperidol, heparin, hyaluronidase,
   hydrocortisone, hydroxyzine, ibuprofen, imipramine, indapamide, indinavir, indomethacin, insulin, irbesartan, irinotecan,
   isoflurane, isosorbide dinitrate, isosorbide mononitrate, isotretinoin, isoxsuprine, itopride, ketoconazole,
   ketoprofen, ketorolac, labetalol, lacidipine, lamivudine, lamotrigine, latanoprost, leflunomide,
   lercanidipine, letrozole, leuprolide, levamisole, levobunolol, levocetirizine, levodopa, linezolid, lithium,
   loperamide, loratadine, losartan, loteprednol, lovastatin, loxapine, mebendazole, mebeverine,
   medroxyprogesterone, mefenamic acid, mefloquine, megestrol, meloxicam, mephentermine, metaxalone,
   methocarbamol, methotrexate, methylprednisolone, metoclopramide, metoprolol, metronidazole, mexiletine, mianserin, miconazole,
   milrinone, miltefosine, minocycline, minoxidil, mirtazapine, mizolastine, moclobemide, mometasone,
   montelukast, mosapride, mycophenolate, nadifloxacin, nadolol, nalidixic acid, naproxen, natamycin,
   nateglinide, nebivolol, nelfinavir, netilmicin, nevirapine, nicergoline, nicorandil, nifedipine, nimesulide,
   nitroglycerin, norethisterone, norfloxacin, ofloxacin, olanzapine, omeprazole, ondansetron, ornidazole,
   orphenadrine, oxcarbazepine, oxetacaine, oxiconazole, oxybutynin, oxymetazoline, paclitaxel, pantoprazole,
   paroxetine, penicillamine, pentoxifylline, pimozide, pindolol, pioglitazone, piracetam, piroxicam,
   praziquantel, prednisolone, prochlorperazine, promethazine, propafenone, propofol, propranolol, quetiapine, quinapril, quinidine,
   rabeprazole, racecadotril, raloxifene, ramipril, ranitidine, repaglinide, riluzole, risperidone, ritonavir,
   rituximab, rivastigmine, ropinirole, rosiglitazone, salbutamol, secnidazole, serratiopeptidase, sertraline,
   sibutramine, sildenafil, simvastatin, sirolimus, sodium picosulphate, sotalol, spironolactone, stavudine,
   sucralfate, sulfasalazine, sulpiride, sumatriptan, tamsulosin, tegaserod, teicoplanin, telmisartan,
   temozolomide, terazosin, terbutaline, testosterone, thalidomide, thiocolchicoside, tibolone, timolol,
   tinidazole, tizanidine, tobramycin, tolfenamic acid, topiramate, topotecan, tranexamic acid, trazodone,
   tretinoin, trifluoperazine, trimetazidine, triamcinolone, urokinase, valproate, valsartan, vasopressin, vecuronium,
   venlafaxine, verapamil, vincristine, vinblastine, vinorelbine, zidovudine, zopiclone');

-- Makers mark these Rx and every counter asks for a prescription; their own entry in the Schedule, or the condition
-- of their approval, is for the pharmacist to cite. Prescription is the safe side until then.
select catalogue.seed_rules('H', 'all', '2000-01-01',
  'Marked Rx by makers in India; the pharmacist in charge confirms the entry in Schedule H or the approval order',
  'aceclofenac, acebrophylline, adapalene, alfuzosin, allylestrenol, amoxicillin, ampicillin, apixaban, aripiprazole, azithromycin, azilsartan,
   beclomethasone, bilastine, canagliflozin, carbamazepine, cefaclor, cephalexin, chloroquine,
   cilnidipine, clomiphene, cloxacillin, dabigatran, dapagliflozin, dapoxetine, darifenacin, deflazacort,
   desvenlafaxine, diacerein, dicloxacillin, divalproex, doxofylline, doxycycline, drotaverine, duloxetine,
   dutasteride, dydrogesterone, empagliflozin, enoxaparin, eplerenone, erythromycin, escitalopram, eszopiclone, etoricoxib,
   ezetimibe, febuxostat, fluconazole, formoterol, framycetin, furosemide, fusidic acid, gentamicin, griseofulvin, halobetasol,
   hydrochlorothiazide, hydroxychloroquine, hydroquinone, ipratropium, itraconazole, ivabradine, ivermectin, lacosamide,
   levetiracetam, levosalbutamol, levosulpiride, levothyroxine, linagliptin, lornoxicam, luliconazole,
   lumefantrine, lurasidone, melatonin, mesalazine, methimazole, carbimazole, methyldopa, mirabegron,
   mupirocin, neomycin, nitrofurantoin, nortriptyline, olmesartan, olopatadine, oxaceprol, perindopril, piperacillin, pramipexole,
   prasugrel, prazosin, progesterone, propylthiouracil, rifaximin, rivaroxaban, rosuvastatin, roxithromycin,
   sacubitril, salmeterol, saxagliptin, silodosin, sitagliptin, solifenacin, sulbactam, sulfamethoxazole, trimethoprim,
   tacrolimus, tadalafil, tazobactam, teneligliptin, terbinafine, theophylline, ticagrelor, tiotropium, tofacitinib, tolperisone,
   tolterodine, tolvaptan, torsemide, trihexyphenidyl, trimebutine, ursodeoxycholic acid, valaciclovir,
   vancomycin, vildagliptin, voglibose, vortioxetine, warfarin');

select catalogue.seed_rules('none', 'not_injection', '2000-01-01',
  'Not in Schedules H, H1 or X as read for this software; the pharmacist in charge confirms this list',
  'paracetamol, aspirin, caffeine, menthol, camphor, eucalyptus oil, methyl salicylate, thymol, turpentine oil, clove oil, peppermint oil,
   calamine, zinc oxide, povidone iodine, chlorhexidine, cetrimide, chloroxylenol, hydrogen peroxide, ethanol, isopropyl alcohol,
   aluminium hydroxide, magnesium hydroxide, magnesium trisilicate, magaldrate, simethicone, dimethicone,
   activated charcoal, calcium carbonate, sodium bicarbonate, sodium alginate, potassium bicarbonate, sodium chloride,
   potassium chloride, sodium citrate, dextrose, glucose, citric acid, disodium hydrogen citrate, fungal diastase, pepsin, dill oil,
   ispaghula husk, lactulose, glycerin, liquid paraffin, light liquid paraffin, white soft paraffin, magnesium sulphate,
   zinc, zinc sulphate, zinc gluconate, zinc acetate, iron, ferrous ascorbate, ferrous fumarate, ferrous sulphate, ferric pyrophosphate,
   folic acid, cyanocobalamin, methylcobalamin, thiamine, riboflavin, pyridoxine, niacinamide,
   calcium pantothenate, biotin, ascorbic acid, cholecalciferol, vitamin a, tocopherol, vitamin k2,
   calcium, calcium citrate, calcium gluconate, calcium lactate, magnesium, omega-3 fatty acids, lysine, selenium, manganese, copper, chromium,
   guaifenesin, ammonium chloride, honey, tulsi extract, amylmetacresol, dichlorobenzyl alcohol,
   salicylic acid, benzoic acid, sulphur, coal tar, urea, lactic acid, allantoin, aloe vera, carboxymethylcellulose sodium,
   hydroxypropyl methylcellulose, potassium nitrate, sodium monofluorophosphate, lanolin, coconut oil, castor oil');

drop function catalogue.seed_rules(text, text, date, text, text);

update catalogue.substance set is_narrow_therapeutic = true
where name = any (array['warfarin', 'digoxin', 'lithium', 'phenytoin', 'carbamazepine', 'levothyroxine',
  'ciclosporin', 'tacrolimus', 'theophylline']);
update catalogue.substance set is_biologic = true
where name = any (array['insulin', 'heparin', 'enoxaparin', 'rituximab', 'glucagon', 'urokinase', 'hyaluronidase']);

-- Rates from 22 September 2025 and, for returns of older invoices, what chapter 30 mostly was before.
insert into catalogue.tax_rate (hsn_prefix, rate_basis_points, effective_from, effective_to, notification)
values
  ('30', 1200, '2017-07-01', '2025-09-22', 'Rate of chapter 30 before 22-09-2025; some drugs were 5%'),
  ('30', 500, '2025-09-22', null, 'GST rates from 22-09-2025'),
  ('4015', 500, '2025-09-22', null, 'GST rates from 22-09-2025, surgical gloves; accountant confirms'),
  ('40141010', 0, '2017-07-01', null, 'Contraceptives; accountant confirms'),
  ('3307', 1800, '2025-09-22', null, 'Deodorant, wipes and other toiletries; accountant confirms'),
  ('3822', 500, '2025-09-22', null, 'GST rates from 22-09-2025, diagnostic reagents'),
  ('9018', 500, '2025-09-22', null, 'GST rates from 22-09-2025'),
  ('9019', 500, '2025-09-22', null, 'GST rates from 22-09-2025'),
  ('9020', 500, '2025-09-22', null, 'GST rates from 22-09-2025'),
  ('9021', 500, '2025-09-22', null, 'GST rates from 22-09-2025'),
  ('9025', 500, '2025-09-22', null, 'GST rates from 22-09-2025, thermometers'),
  ('9027', 500, '2025-09-22', null, 'GST rates from 22-09-2025, glucometers'),
  ('9619', 0, '2018-07-27', null, 'Sanitary napkins; accountant confirms'),
  ('96190030', 500, '2025-09-22', null, 'GST rates from 22-09-2025, baby napkins'),
  ('96190040', 500, '2025-09-22', null, 'GST rates from 22-09-2025, clinical diapers'),
  ('2106', 500, '2025-09-22', null, 'Food preparations; accountant confirms each'),
  ('1901', 500, '2025-09-22', null, 'Malt and infant food; accountant confirms each'),
  ('3305', 500, '2025-09-22', null, 'GST rates from 22-09-2025, hair oil and shampoo'),
  ('3306', 500, '2025-09-22', null, 'GST rates from 22-09-2025, toothpaste and floss'),
  ('340111', 500, '2025-09-22', null, 'GST rates from 22-09-2025, toilet soap in bars'),
  ('3401', 1800, '2025-09-22', null, 'Liquid soap and others; accountant confirms'),
  ('3304', 1800, '2025-09-22', null, 'Creams and sunscreen; accountant confirms'),
  ('330491', 500, '2025-09-22', null, 'GST rates from 22-09-2025, talc and face powder'),
  ('3808', 1800, '2025-09-22', null, 'Sanitiser and disinfectant'),
  ('960321', 500, '2025-09-22', null, 'GST rates from 22-09-2025, toothbrushes');
