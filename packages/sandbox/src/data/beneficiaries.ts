import type { Beneficiary } from '../state.js';
import { fixedId } from './fixed-id.js';
import { ACME } from './organizations.js';

type Seed = readonly [
  name: string,
  iban: string,
  activityTag: string,
  mark?: 'trusted' | 'pending' | 'declined',
];

/** The 30 payees that ACME SAS knows already. The first one stands in the magic table as `trusted`. */
const SEEDS: readonly Seed[] = [
  ['Papeterie du Centre', 'FR7630004008281023456700050', 'office_supply', 'trusted'],
  ['Cabinet Moreau Avocats', 'FR7630003012341024248633186', 'legal_and_accounting', 'trusted'],
  ['Imprimerie Lefèvre', 'FR7610278060011025040566215', 'marketing', 'trusted'],
  ['Rheinwerk Logistik GmbH', 'DE89370400440532013000', 'logistics', 'trusted'],
  ['Talleres Ibarra SL', 'ES9121000418450200051332', 'manufacturing', 'trusted'],
  ['Transports Girard', 'FR7614508022101025832499348', 'logistics'],
  ['Boulangerie Saint-Roch', 'FR7620041004501026624432422', 'food_and_grocery'],
  ['Électricité Fournier', 'FR7630066008281027416365579', 'utility'],
  ['Agence Belleville', 'FR7630004012341028208298615', 'marketing'],
  ['Bureau Vallée Nord', 'FR7630003060011029000231714', 'office_supply'],
  ['Garage Petitjean', 'FR7610278022101029792164879', 'other_service'],
  ['Hôtel des Voyageurs', 'FR7614508004501030584097908', 'hotel_and_lodging'],
  ['Informatique Roussel', 'FR7620041008281031376031019', 'it_and_electronics'],
  ['Jardins de Loire', 'FR7630066012341032167964144', 'other_expense'],
  ['Maison Chevalier', 'FR7630004060011032959897240', 'restaurant_and_bar'],
  ['Nettoyage Clair et Net', 'FR7630003022101033751830378', 'other_service'],
  ['Menuiserie Blanchard', 'FR7610278004501034543763439', 'manufacturing'],
  ['Studio Pixel Nantes', 'FR7614508008281035335696505', 'online_service'],
  ['Plomberie Gauthier', 'FR7620041012341036127629681', 'other_service'],
  ['Assurances Perrin', 'FR7630066060011036919562769', 'insurance'],
  ['Berliner Druckhaus GmbH', 'DE50100700240532113391', 'marketing'],
  ['Müller Bürotechnik', 'DE70500105170532213782', 'hardware_and_equipment'],
  ['Hanse Kontor AG', 'DE25370400440532314173', 'treasury_and_interco'],
  ['Gestoría Navarro', 'ES9621000418480200059049', 'legal_and_accounting'],
  ['Officine Bianchi SRL', 'IT60X0542811101000000123456', 'manufacturing'],
  ['Caffè Torino SRL', 'IT71W0542811101000000124447', 'restaurant_and_bar'],
  ['Brasserie Van Damme', 'BE68539007547034', 'restaurant_and_bar'],
  ['Grachten Design BV', 'NL91ABNA0417164300', 'online_service'],
  ['Nouveau Fournisseur', 'FR7630004022101037711495807', 'other_expense', 'pending'],
  ['Ancien Fournisseur', 'FR7630003004501038503428938', 'other_expense', 'declined'],
];

export const TRUSTED_PAYEE = { name: SEEDS[0]?.[0] ?? '', iban: SEEDS[0]?.[1] ?? '' };

export function knownBeneficiaries(at: number): Beneficiary[] {
  return SEEDS.map(([name, iban, activityTag, mark], index) => ({
    id: fixedId('beneficiary', index + 1),
    organizationId: ACME.id,
    iban,
    name,
    bic: null,
    email: null,
    activityTag,
    status: mark === 'pending' || mark === 'declined' ? mark : 'validated',
    trusted: mark === 'trusted',
    createdAt: at,
    updatedAt: at,
  }));
}
