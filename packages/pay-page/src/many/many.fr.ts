import { tableFr } from '@qonto-pay/widget/messages/fr.item-table';
import type { ManyMessages } from './many-messages.js';

const s = (count: number): string => (count === 1 ? '' : 's');

/** Before `?`, `:` and inside « » stands a no-break space (U+00A0), as French typography asks. */
export const words: ManyMessages = {
  table: tableFr,
  notices: {
    documents: 'Au-delà de 30 000 €, il faut d’abord joindre la facture. Rien n’a été payé.',
    date: 'La banque n’accepte pas cette date. Veuillez en choisir une autre.',
    gone: 'La demande a déjà reçu une réponse.',
    'consent-refused':
      'Qonto n’a pas reçu d’autorisation supplémentaire pour cette page. Tout le reste fonctionne comme avant.',
  },
  reasons: {
    'bulk-not-allowed': {
      sentence:
        'Votre offre ou votre rôle dans Qonto paie une facture à la fois. Rien n’a été payé.',
      next: 'Payez les factures l’une après l’autre, ou demandez à un collègue.',
    },
    'document-missing': {
      sentence:
        'Au-delà de 30 000 €, Qonto demande la facture, et elle n’y est pas. Rien n’a été payé.',
      next: 'Payez à nouveau et joignez la facture.',
    },
    'request-declined': {
      heading: 'Refusé par votre collègue',
      sentence:
        'Un propriétaire ou admin de votre entreprise a refusé la demande. Rien n’a été payé.',
      next: 'Demandez-lui pourquoi. Vous pourrez ensuite la préparer à nouveau.',
    },
    'request-canceled': {
      heading: 'Demande retirée',
      sentence: 'La demande a été retirée dans Qonto avant toute validation. Rien n’a été payé.',
      next: 'Vous pouvez la préparer à nouveau si la facture est encore due.',
    },
  },
  summary: (count, of) => `${count} facture${s(count)} sur ${of}`,
  payOn: 'Quand',
  payOnChoices: { now: 'Maintenant', due: 'Chacune à son échéance', date: 'À une date' },
  payDate: 'Date',
  payOnDue: 'Sans échéance, ou si elle est passée, la facture est payée maintenant.',
  payOnDate: 'La banque enverra les paiements ce jour-là. D’ici là, vous pouvez les annuler ici.',
  payOnItsDueDate: 'À son échéance',
  payOnAsked: 'Une fois la demande validée, la banque enverra le paiement ce jour-là.',
  speed: {
    instant: 'Virement instantané',
    standard: 'Virement standard, reçu sous un jour ouvré',
  },
  payLater: (amount, day) => `Payer ${amount} le ${day}`,
  phoneNow: (day) =>
    `Qonto vous demandera de valider maintenant sur votre téléphone. Votre compte sera débité le ${day}\u00a0; d’ici là, vous pouvez annuler ici.`,
  trustedLater: (day) =>
    `Vous faites confiance à ce bénéficiaire dans Qonto\u00a0: votre téléphone ne demandera pas de validation. Votre compte sera débité le ${day}\u00a0; d’ici là, vous pouvez annuler ici.`,
  speeds: {
    instant: (n) => `${n} en virement${s(n)} instantané${s(n)}`,
    standard: (n) => `${n} en virement${s(n)} standard, reçu${s(n)} sous un jour ouvré`,
    scheduled: (n) => `${n} à ${n === 1 ? 'sa' : 'leur'} date`,
  },
  phone: (n) =>
    n === 1
      ? 'Qonto vous demandera ensuite de valider sur votre téléphone.'
      : 'Qonto vous demandera ensuite de les valider, en une fois, sur votre téléphone.',
  trusted:
    'Vous faites confiance à tous ces bénéficiaires dans Qonto\u00a0: votre téléphone ne demandera pas de validation.',
  oneByOne:
    'Votre offre ou votre rôle dans Qonto paie une facture à la fois. Choisissez-en une\u00a0; la suivante vous sera proposée ensuite.',
  check: (n) => `Vérifier ${n} bénéficiaire${s(n)}`,
  checkHint:
    'Vous avez choisi d’autres factures\u00a0: leurs bénéficiaires sont vérifiés avant le paiement.',
  checking: (n) => `Vérification de ${n} bénéficiaire${s(n)}…`,
  checked: (matching, decisions) => {
    const match =
      matching === 1 ? '1 bénéficiaire correspond' : `${matching} bénéficiaires correspondent`;
    const decide = `${decisions} demande${decisions === 1 ? '' : 'nt'} votre décision`;
    return decisions === 0 ? `${match}.` : `${match}, ${decide}.`;
  },
  pay: (n, amount) => `Payer ${n} facture${s(n)} · ${amount}`,
  chooseOne: 'Choisissez au moins une facture.',
  missingDecisions: (n) =>
    n === 1
      ? 'Il manque une décision\u00a0: cochez la case ou retirez la facture.'
      : `Il manque ${n} décisions\u00a0: cochez chaque case ou retirez la facture.`,
  missingDate: 'Choisissez d’abord la date, ou payez maintenant.',
  missingDocuments: (n) =>
    n === 1
      ? 'Une facture n’est pas encore chez Qonto\u00a0: joignez-la ou retirez la ligne.'
      : `${n} factures ne sont pas encore chez Qonto\u00a0: joignez-les ou retirez les lignes.`,
  progress: (settled, of, failed) => {
    const done = `${settled} paiement${s(settled)} exécuté${s(settled)} sur ${of}`;
    return failed > 0 ? `${done}, ${failed} en échec` : done;
  },
  retry: (n) => (n === 1 ? 'Réessayer celle en échec' : `Réessayer les ${n} en échec`),
  payOthers: (n) => (n === 1 ? 'Payer l’autre' : `Payer les ${n} autres`),
  payNext: 'Payer la suivante',
  proof: 'Justificatif (PDF)',
  proofs: 'Tous les justificatifs (ZIP)',
  results: 'Résultats (CSV)',
  withdrawButton: 'Annuler le paiement programmé',
  withdrawAll: (n) => `Annuler les ${n} paiements programmés`,
  withdrawHeading: (n) =>
    n > 1 ? `Annuler ces ${n} paiements\u00a0?` : 'Annuler ce paiement\u00a0?',
  withdraw: (payee, amount) => `${amount} à ${payee} ne sera pas envoyé.`,
  withdrawMany: (n, amount) => `${n} paiements, ${amount} au total, ne seront pas envoyés.`,
  withdrawYes: () => 'Oui, annuler',
  withdrawNo: () => 'Non, garder',
  file: {
    attached: 'Facture jointe.',
    type: 'Ce fichier n’est ni un PDF, ni un JPEG, ni un PNG. Veuillez en choisir un autre.',
    size: 'Ce fichier dépasse 10 Mo. Veuillez en choisir un plus petit.',
    failed: 'Le fichier n’est pas passé. Veuillez réessayer.',
  },
  ask: {
    why: 'Votre rôle ou l’offre de votre entreprise dans Qonto ne vous permet pas de payer vous-même. Un collègue le peut.',
    heading: 'Préparer et demander à un collègue',
    sentence:
      'Vous préparez le paiement ici. Un propriétaire ou admin de votre entreprise devra le valider\u00a0; rien n’est payé avant.',
    note: 'Message pour votre collègue (facultatif)',
    noteHint: 'Il le lira avec la demande.',
    button: 'Préparer et demander',
    consent:
      'Qonto a besoin de votre autorisation pour transmettre des demandes depuis cette page.',
    allow: 'Autoriser chez Qonto',
    asking: 'Demande en cours…',
  },
  asked: {
    heading: 'Vos collègues sont prévenus',
    sentence:
      'Un propriétaire ou admin de votre entreprise peut valider dans Qonto, ou sur cette même page.',
    next: 'Vous n’avez plus rien à faire. La réponse s’affichera ici et sur la facture.',
  },
  colleagueAsked: {
    heading: 'Validation demandée à un collègue',
    sentence:
      'Un propriétaire ou admin de votre entreprise est en train de répondre\u00a0: Qonto le sollicite sur son téléphone.',
    next: 'Vous n’avez plus rien à faire. La réponse s’affichera ici et sur la facture.',
  },
  approve: {
    heading: 'Un collègue vous demande de valider',
    failed: 'Votre dernière validation n’a pas abouti.',
    sentence: 'Veuillez vérifier qui sera payé et combien.',
    button: (n, amount) => `Valider ${n === 1 ? '' : `${n} paiements · `}${amount}`,
    hint: 'Qonto vous demandera ensuite de valider sur votre téléphone.',
    consent: 'Qonto a besoin de votre autorisation pour répondre aux demandes sur cette page.',
    decline: 'Refuser',
    declineHeading: 'Refuser cette demande\u00a0?',
    declineNote: 'Pourquoi\u00a0? Votre collègue le lira.',
    declineYes: 'Refuser',
    declineNo: 'Retour',
  },
};
