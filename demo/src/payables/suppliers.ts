import type { Payee } from '../invoice.js';

/** Invented; the sandbox bank confirms every name at an account that it does not know. */
const NAMES = [
  'Ateliers Dubreuil',
  'Bâtiment Rénov’Ouest',
  'Chaudronnerie Marchal',
  'Conserverie des Îles',
  'Coursiers Réunis',
  'Déménagements Lacroix',
  'Distillerie Montagne',
  'Ébénisterie Caron',
  'Fermes du Bocage',
  'Fibre & Réseaux SAS',
  'Formation Continue Plus',
  'Fournil Saint-Paul',
  'Graphisme Aubert',
  'Horlogerie Bonnet',
  'Hygiène Services Pro',
  'Imprimerie du Canal',
  'Ingénierie Thibault',
  'Jardinerie Les Tilleuls',
  'Laboratoire Vasseur',
  'Librairie Montaigne',
  'Location Auto Sud',
  'Maçonnerie Ferrand',
  'Maintenance Ascenseurs IDF',
  'Meubles Roland',
  'Nettoyage Étoile',
  'Optique Lambert',
  'Papiers Peints Hubert',
  'Peinture Decor 44',
  'Photographie Leclerc',
  'Quincaillerie Bréhat',
  'Sécurité Horizon',
  'Serrurerie Gambetta',
  'Studio Sonore Colbert',
  'Toitures Normandes',
  'Traiteur Fontaine',
  'Verrerie du Parc',
  'Voyages Atlantique',
];
const BANKS = ['30004', '14508', '20041', '10278', '30066', '30003'];

/** Suppliers whom ACME SAS trusts at the sandbox bank. */
export const TRUSTED_SUPPLIERS: Payee[] = [
  { name: 'Cabinet Moreau Avocats', iban: 'FR7630003012341024248633186' },
  { name: 'Imprimerie Lefèvre', iban: 'FR7610278060011025040566215' },
  { name: 'Rheinwerk Logistik GmbH', iban: 'DE89370400440532013000' },
  { name: 'Talleres Ibarra SL', iban: 'ES9121000418450200051332' },
];

/** The n-th supplier, for ever the same. */
export function supplierAt(n: number): Payee {
  const place = n % NAMES.length;
  return { name: NAMES[place] ?? '', iban: accountAt(place) };
}

/** An account at a French bank, with valid check digits. */
export function accountAt(n: number): string {
  const bank = BANKS[n % BANKS.length] ?? '';
  const branch = String(1_000 + ((n * 937) % 9_000)).padStart(5, '0');
  const account = String(20_000_000_000 + (((n + 1) * 7_919_377_331) % 70_000_000_000));
  const sum = 89n * BigInt(bank) + 15n * BigInt(branch) + 3n * BigInt(account);
  const key = String(97n - (sum % 97n)).padStart(2, '0');
  return withCheckDigits('FR', bank + branch + account + key);
}

function withCheckDigits(country: 'FR', bban: string): string {
  // ISO 13616: the country's letters as numbers (F 15, R 27), then two zeros.
  const remainder = BigInt(`${bban}152700`) % 97n;
  return `${country}${String(98n - remainder).padStart(2, '0')}${bban}`;
}
